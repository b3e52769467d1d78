-- Adds a session. ARGV: its key, when Redis forgets it (Unix milliseconds), then its fields, each with its value.
-- Returns 1, or 0 where the key is taken.
local key, expiry = ARGV[1], ARGV[2]
if redis.call('EXISTS', sessions .. key) == 1 then
    return 0
end
redis.call('HSET', sessions .. key, unpack(ARGV, 3))
redis.call('PEXPIREAT', sessions .. key, expiry)
index(key)
add_deadline(key)
return 1
