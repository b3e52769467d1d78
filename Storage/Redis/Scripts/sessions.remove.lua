-- Removes a session. ARGV: its key, and where given the moment (Unix milliseconds) after which its deadline keeps it.
-- Returns 1, or 0 where there is none or it is kept.
local key, due = ARGV[1], ARGV[2]
local deadline = redis.call('HGET', sessions .. key, 'deadline')
if not deadline or (due and tonumber(deadline) > tonumber(due)) then
    return 0
end
local user = redis.call('HGET', sessions .. key, 'user')
if user then
    redis.call('ZREM', users .. user, key)
end
redis.call('ZREM', deadlines, key)
redis.call('DEL', sessions .. key)
return 1
