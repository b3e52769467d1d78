-- Gives an entry another lifetime. ARGV: its key, the version that it must have, the deadline, when Redis forgets it (Unix
-- milliseconds), how long it slides (milliseconds) and when it ends at the latest, both '' for not at all.
-- Returns 1, or 0 where that entry is gone.
local key, version, deadline, expiry, sliding, absolute_end = unpack(ARGV)
if version_of(key) ~= version then
    return 0
end
redis.call('HSET', entries .. key, 'version', version, 'deadline', deadline)
redis.call('HDEL', entries .. key, 'sliding', 'end')
if sliding ~= '' then
    redis.call('HSET', entries .. key, 'sliding', sliding)
end
if absolute_end ~= '' then
    redis.call('HSET', entries .. key, 'end', absolute_end)
end
each_index(key, function(index)
    keep_index(index, expiry)
end)
redis.call('PEXPIREAT', entries .. key, expiry)
return 1
