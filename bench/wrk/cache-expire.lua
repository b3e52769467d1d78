-- Puts LIMIT entries that all expire within the second that ends at UNTIL (seconds since 1970), and then only asks
-- whether the server lives.
local limit = tonumber(os.getenv("LIMIT"))
local ends = tonumber(os.getenv("UNTIL"))
local body = string.rep("x", 200)

-- wrk makes one request that it never sends.
local n = -1
request = function()
    n = n + 1
    if n > limit then return wrk.format("GET", "/health/live") end
    return wrk.format("PUT", "/cache/expiring" .. n .. "?ttl=" .. (ends - os.time()), {}, body)
end
