-- Changes a session of the version before. ARGV: its key, the version before, the new one, the last use, the deadline,
-- when Redis forgets it (all Unix milliseconds), the idle timeout (milliseconds), the data, and the user where there is
-- one. Returns 1, or 0.
local key, before, version, used, deadline, expiry, idle, data, user = unpack(ARGV)
local session = sessions .. key
if redis.call('HGET', session, 'version') ~= before then
    return 0
end

local user_before = redis.call('HGET', session, 'user')
if user_before and user_before ~= user then
    redis.call('ZREM', users .. user_before, key)
    redis.call('HDEL', session, 'user')
end
redis.call('HSET', session, 'data', data, 'version', version, 'idle', idle)
if user then
    redis.call('HSET', session, 'user', user)
end
use(key, used, deadline, expiry)
index(key)
return 1
