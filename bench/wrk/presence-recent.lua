-- Users who acted within the last second: 1,000 of them, over and over.
local n = 0
request = function()
    n = n + 1
    return wrk.format("PUT", "/users/recent-" .. (n % 1000) .. "/presence")
end
