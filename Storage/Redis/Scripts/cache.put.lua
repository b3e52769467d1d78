-- Puts an entry in place of the one before. ARGV: its key, what is to be there ('any', 'none', or the version of the entry),
-- now, when Redis forgets it (both Unix milliseconds), how many tags it has, the tags, then its other fields, each with its
-- value. Returns its epoch, or nil where something else was there.
local key, before, now, expiry, tag_count = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
if before ~= 'any' then
    local version = version_of(key)
    if version and tonumber(redis.call('HGET', entries .. key, 'deadline')) <= tonumber(now) then
        version = nil
    end
    if before ~= (version or 'none') then
        return false
    end
end

local epoch = present_epoch()
remove(key)
redis.call('HSET', entries .. key, 'epoch', epoch, unpack(ARGV, 6 + tag_count))
for i = 6, 5 + tag_count do
    redis.call('HSET', entries .. key, TAG .. ARGV[i], '')
end
if redis.call('PEXPIREAT', entries .. key, expiry) == 1 then
    for i = 6, 5 + tag_count do
        add_to_index(tags .. ARGV[i], key, expiry, has(ARGV[i]))
    end
end
return epoch
