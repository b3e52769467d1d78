-- Moves an entry's deadline ahead. ARGV: its key, the version that it must have, the deadline, when Redis forgets it (Unix
-- milliseconds), how long it must slide (milliseconds) and when it must end at the latest, both '' for not at all.
-- Returns 1, or 0 where that entry is gone.
local key, version, deadline, expiry, sliding, absolute_end = unpack(ARGV)
local lifetime = redis.call('HMGET', entries .. key, 'sliding', 'end', 'deadline')
if version_of(key) ~= version or (lifetime[1] or '') ~= sliding or (lifetime[2] or '') ~= absolute_end then
    return 0
end
if tonumber(lifetime[3]) < tonumber(deadline) then
    redis.call('HSET', entries .. key, 'deadline', deadline)
    each_index(key, function(index)
        keep_index(index, expiry)
    end)
    redis.call('PEXPIREAT', entries .. key, expiry)
end
return 1
