-- 100 of 10,000 users in one request. KNOWN says which run of presence-distinct.lua made them.
local known = os.getenv("KNOWN") or "list"
local users = 10000
local requests = {}
for first = 1, 97 do
    local path = { "/presence?users=user-" .. known .. "-" .. first }
    for i = 1, 99 do
        path[#path + 1] = "users=user-" .. known .. "-" .. ((first * 101 + i * 97) % users + 1)
    end
    requests[first] = table.concat(path, "&")
end
local n = 0
request = function()
    n = n + 1
    return wrk.format("GET", requests[n % #requests + 1])
end
