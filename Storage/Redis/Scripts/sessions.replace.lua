-- Puts a session in the place of the version before, whole. ARGV: its key, the version before, when Redis forgets it (Unix
-- milliseconds), then its fields, each with its value. Returns 1, or 0 where that version is not there.
local key, before, expiry = ARGV[1], ARGV[2], ARGV[3]
local session = sessions .. key
if redis.call('HGET', session, 'version') ~= before then
    return 0
end

local user_before = redis.call('HGET', session, 'user')
redis.call('DEL', session)
redis.call('HSET', session, unpack(ARGV, 4))
redis.call('PEXPIREAT', session, expiry)
if user_before and user_before ~= redis.call('HGET', session, 'user') then
    redis.call('ZREM', users .. user_before, key)
end
index(key)
add_deadline(key)
return 1
