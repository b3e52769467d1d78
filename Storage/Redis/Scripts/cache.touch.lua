-- Moves an entry's deadline ahead. ARGV: its key, when the entry meant was put, the deadline, when Redis forgets it (all
-- Unix milliseconds). Returns 1, or 0 where that entry is gone.
local key, stored, deadline, expiry = unpack(ARGV)
if redis.call('HGET', entries .. key, 'stored') ~= stored then
    return 0
end
if tonumber(redis.call('HGET', entries .. key, 'deadline')) < tonumber(deadline) then
    redis.call('HSET', entries .. key, 'deadline', deadline)
    each_index(key, function(index)
        keep_index(index, expiry)
    end)
    redis.call('PEXPIREAT', entries .. key, expiry)
end
return 1
