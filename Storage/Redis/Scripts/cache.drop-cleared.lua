-- Drops some of the entries that were cleared. Where to go on stands in Redis, so that any process does. Returns 1, or 0 when
-- none is left.
local STEP = 500
local epoch = present_epoch()
local known = redis.call('HMGET', sweep, 'done', 'epoch', 'cursor')
if tonumber(known[1] or '0') >= epoch then
    return 0
end

-- What is cleared after a round began may stand where the round has been, so it counts for the epoch that it began in.
local round, cursor = known[2] or epoch, known[3] or '0'
local found = redis.call('SCAN', cursor, 'MATCH', entries .. '*', 'COUNT', STEP)
for _, name in ipairs(found[2]) do
    local key = string.sub(name, #entries + 1)
    if is_cleared(key) then
        remove(key)
    end
end
if found[1] == '0' then
    redis.call('HSET', sweep, 'done', round)
    redis.call('HDEL', sweep, 'epoch', 'cursor')
else
    redis.call('HSET', sweep, 'epoch', round, 'cursor', found[1])
end
return 1
