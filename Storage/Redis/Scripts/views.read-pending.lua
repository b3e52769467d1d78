-- Reads some of a shard's pages that wait for a flush. A member is the page's slot in 4 hexadecimal digits, and the page.
-- KEYS: the pages that wait by sequence.
-- ARGV: how many shards there are, the shard, the sequence to read after, the most pages, the most to look at.
-- Returns the sequence to go on after, or 0 where there is no more to read, then each member and its sequence.
local shards, shard, after = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local max, max_scanned = tonumber(ARGV[4]), tonumber(ARGV[5])

local scanned = redis.call('ZRANGE', KEYS[1], '(' .. after, '+inf', 'BYSCORE', 'LIMIT', 0, max_scanned, 'WITHSCORES')
local answer = { 0 }
for i = 1, #scanned, 2 do
    if tonumber(string.sub(scanned[i], 1, 4), 16) % shards == shard then
        answer[#answer + 1] = scanned[i]
        answer[#answer + 1] = scanned[i + 1]
        if #answer > 2 * max then
            return answer
        end
    end
end
if #scanned == 2 * max_scanned then
    answer[1] = scanned[#scanned]
end
return answer
