-- Reads sessions whose ids stand in the file that SESSIONS names, one a line.
local ids = {}
for id in io.lines(os.getenv("SESSIONS")) do ids[#ids + 1] = id end
local n = 0
request = function()
    n = n + 1
    return wrk.format("GET", "/sessions/" .. ids[n % #ids + 1])
end
