-- What the scripts of sessions share. KEYS: what a session's key begins with, and what the index of a user begins with.
local sessions, users = KEYS[1], KEYS[2]

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
    end
end
