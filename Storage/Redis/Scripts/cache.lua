-- What the scripts of the cache share. KEYS: what an entry's key begins with, what the index of a tag begins with, how often
-- the cache was cleared, and how far cleared entries have been dropped.
-- An entry's tags are fields of its hash, so that a member of an index is checked without reading a value. An entry of an
-- epoch before the present one was cleared: it is as if it were gone.
local entries, tags, epochs, sweep = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local TAG = 'tag:'

local function present_epoch()
    return tonumber(redis.call('GET', epochs) or '0')
end

local function is_cleared(key)
    return tonumber(redis.call('HGET', entries .. key, 'epoch') or '0') < present_epoch()
end

-- The version of an entry, for one of before there were versions when it was put; nil where there is none.
local function version_of(key)
    local known = redis.call('HMGET', entries .. key, 'version', 'stored')
    if known[2] and not is_cleared(key) then
        return known[1] or known[2]
    end
end

local function has(tag)
    return function(key)
        return redis.call('HEXISTS', entries .. key, TAG .. tag) == 1
    end
end

local function each_index(key, act)
    for _, field in ipairs(redis.call('HKEYS', entries .. key)) do
        if string.sub(field, 1, #TAG) == TAG then
            act(tags .. string.sub(field, #TAG + 1))
        end
    end
end

local function remove(key)
    each_index(key, function(index)
        redis.call('ZREM', index, key)
    end)
    return redis.call('DEL', entries .. key)
end
