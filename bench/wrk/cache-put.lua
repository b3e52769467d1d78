-- Puts 1 KB values. KEYS says over how many keys.
local keys = tonumber(os.getenv("KEYS") or 1000)
local body = string.rep("x", 1024)
local headers = { ["Content-Type"] = "application/octet-stream" }
local n = 0
request = function()
    n = n + 1
    return wrk.format("PUT", "/cache/k" .. (n % keys), headers, body)
end
