-- Reads 1 KB entries; bench/caching.sh has put them. KEYS says over how many.
local keys = tonumber(os.getenv("KEYS") or 1000)
local n = 0
request = function()
    n = n + 1
    return wrk.format("GET", "/cache/k" .. (n % keys))
end
