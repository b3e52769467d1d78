-- Moves a session's last use and deadline ahead. ARGV: its key, both, and when Redis forgets it (all Unix milliseconds).
-- Returns 1, or 0 where it is gone.
local key, used, deadline, expiry = unpack(ARGV)
if redis.call('EXISTS', sessions .. key) == 0 then
    return 0
end
use(key, used, deadline, expiry)
local user = redis.call('HGET', sessions .. key, 'user')
if user then
    keep_index(users .. user, expiry)
end
return 1
