-- A hundred views per request over 1,000 pages. The bodies are made beforehand, so that the load generator is not measured.
local bodies = {}
for first = 0, 9 do
    local items = {}
    for i = 0, 99 do
        items[#items + 1] = '{"page":"' .. (first * 100 + i) .. '"}'
    end
    bodies[#bodies + 1] = "[" .. table.concat(items, ",") .. "]"
end
local headers = { ["Content-Type"] = "application/json" }
local n = 0
request = function()
    n = n + 1
    return wrk.format("POST", "/views", headers, bodies[n % #bodies + 1])
end
