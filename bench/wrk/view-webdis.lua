-- The same load in webdis's spelling.
local n = 0
request = function()
    n = n + 1
    return wrk.format("GET", "/INCR/pages:" .. (n % 1000) .. ":view_count")
end
