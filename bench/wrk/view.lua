-- One view per request over 1,000 pages, or as many as PAGES says.
local pages = tonumber(os.getenv("PAGES") or 1000)
local n = 0
request = function()
    n = n + 1
    return wrk.format("POST", "/pages/" .. (n % pages) .. "/views")
end
