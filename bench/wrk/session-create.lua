-- Creates sessions of 100,000 users.
local headers = { ["Content-Type"] = "application/json" }
local data = string.rep("x", 200)
local n = 0
request = function()
    n = n + 1
    return wrk.format("POST", "/sessions", headers,
        '{"user":"u' .. (n % 100000) .. '","idleTimeout":3600,"data":{"basket":"' .. data .. '"}}')
end
