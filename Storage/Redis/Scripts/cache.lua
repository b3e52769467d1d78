-- What the scripts of the cache share. KEYS: what an entry's key begins with, and what the index of a tag begins with.
-- An entry's tags are fields of its hash, so that a member of an index is checked without reading a value.
local entries, tags = KEYS[1], KEYS[2]
local TAG = 'tag:'

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
