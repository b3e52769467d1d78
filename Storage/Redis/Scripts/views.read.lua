-- Reads entries of a partition after an offset, and stops early where they are large.
-- KEYS: the partition's stream. ARGV: the offset, the most entries, the bytes after which to stop.
-- Returns the offset, the time and the bytes of each entry, one after another.
local BATCH = 16

local after, max, max_bytes = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local answer, count, bytes = {}, 0, 0
while count < max and bytes < max_bytes do
    local batch = redis.call('XRANGE', KEYS[1], '(' .. after .. '-0', '+', 'COUNT', math.min(BATCH, max - count))
    if #batch == 0 then
        break
    end
    for _, found in ipairs(batch) do
        local at, entry = found[2][2], found[2][4]
        bytes = bytes + #entry
        if count > 0 and bytes > max_bytes then
            break
        end
        after = string.match(found[1], '^%d+')
        count = count + 1
        answer[#answer + 1] = after
        answer[#answer + 1] = at
        answer[#answer + 1] = entry
    end
end
return answer
