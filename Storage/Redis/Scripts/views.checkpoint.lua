-- Trims a partition up to an offset and notes that pages wait for a flush, each under a new sequence.
-- KEYS: the partition's stream, the hash of all partitions, the pages that wait by sequence, the last sequence.
-- ARGV: the partition, the offset, then the pages.
local stream, partitions, pending, sequence = unpack(KEYS)
local partition, offset = ARGV[1], tonumber(ARGV[2])

local function raise(field)
    local before = tonumber(redis.call('HGET', partitions, partition .. field) or '0')
    if before < offset then
        redis.call('HSET', partitions, partition .. field, ARGV[2])
        return true
    end
end

if raise(':trimmed') then
    raise(':last')
    redis.call('XTRIM', stream, 'MINID', string.format('%.0f-0', offset + 1))
end
for i = 3, #ARGV do
    redis.call('ZADD', pending, redis.call('INCR', sequence), ARGV[i])
end
return 0
