-- What the scripts of sessions share. KEYS: what a session's key begins with, what the index of a user begins with, and
-- the sorted set of all sessions by deadline, which is there to be counted.
local sessions, users, deadlines = KEYS[1], KEYS[2], KEYS[3]
local PURGE = 10

local function is_of(user)
    return function(key)
        return redis.call('HGET', sessions .. key, 'user') == user
    end
end

local function index(key)
    local user = redis.call('HGET', sessions .. key, 'user')
    if user then
        add_to_index(users .. user, key, redis.call('PEXPIRETIME', sessions .. key), is_of(user))
    end
end

local function raise(key, field, value)
    if tonumber(redis.call('HGET', sessions .. key, field)) < tonumber(value) then
        redis.call('HSET', sessions .. key, field, value)
        return true
    end
end

local function use(key, used, deadline, expiry)
    raise(key, 'used', used)
    if raise(key, 'deadline', deadline) then
        redis.call('PEXPIREAT', sessions .. key, expiry)
        redis.call('ZADD', deadlines, deadline, key)
    end
end

-- Each addition takes some out whose deadline passed, so that the set is hardly larger than what lives.
local function add_deadline(key)
    if redis.call('HGET', sessions .. key, 'short') == '' then
        -- No session, and not counted as one.
        redis.call('ZREM', deadlines, key)
    else
        redis.call('ZADD', deadlines, redis.call('HGET', sessions .. key, 'deadline'), key)
    end
    local clock = redis.call('TIME')
    local passed = redis.call('ZRANGE', deadlines, '-inf', '(' .. clock[1] .. '000', 'BYSCORE', 'LIMIT', 0, PURGE)
    if #passed > 0 then
        redis.call('ZREM', deadlines, unpack(passed))
    end
end
