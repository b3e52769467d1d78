-- Puts an entry in place of the one before. ARGV: its key, when Redis forgets it (Unix milliseconds), how many tags it
-- has, the tags, then its other fields, each with its value.
local key, expiry, tag_count = ARGV[1], ARGV[2], tonumber(ARGV[3])
remove(key)
redis.call('HSET', entries .. key, unpack(ARGV, 4 + tag_count))
for i = 4, 3 + tag_count do
    redis.call('HSET', entries .. key, TAG .. ARGV[i], '')
end
if redis.call('PEXPIREAT', entries .. key, expiry) == 1 then
    for i = 4, 3 + tag_count do
        add_to_index(tags .. ARGV[i], key, expiry, has(ARGV[i]))
    end
end
return 1
