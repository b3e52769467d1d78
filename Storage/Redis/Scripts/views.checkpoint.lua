-- Removes entries of a partition and notes that pages wait for a flush, each under a new sequence.
-- KEYS: the partition's stream, the hash of all partitions, the pages that wait by sequence, the last sequence.
-- ARGV: the partition, how far its reader is, the offset up to which every entry goes, how many further entries go, their
--       ids, then the pages.
local FIRST_ID = 5
local AT_ONCE = 1000

local stream, partitions, pending, sequence = unpack(KEYS)
local partition, offset = ARGV[1], tonumber(ARGV[2])

local function raise(field)
    local before = tonumber(redis.call('HGET', partitions, partition .. field) or '0')
    if before < offset then
        redis.call('HSET', partitions, partition .. field, ARGV[2])
    end
end

raise(':trimmed')
raise(':last')
redis.call('XTRIM', stream, 'MINID', string.format('%.0f-0', tonumber(ARGV[3]) + 1))
local first_page = FIRST_ID + tonumber(ARGV[4])
for i = FIRST_ID, first_page - 1, AT_ONCE do
    redis.call('XDEL', stream, unpack(ARGV, i, math.min(i + AT_ONCE, first_page) - 1))
end
for i = first_page, #ARGV do
    redis.call('ZADD', pending, redis.call('INCR', sequence), ARGV[i])
end
return 0
