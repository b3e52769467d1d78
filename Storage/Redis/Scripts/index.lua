-- Indexes of keys that vanish by themselves. An index is a sorted set whose members all have the score 0, so they stand
-- in the order of their bytes. A key that vanished leaves its member behind; reading an index drops the stale members it
-- meets, and each addition looks at a few at random, so however fast keys come and go, a bounded share of an index is
-- stale. An index lives no longer than the last of its keys.
local SAMPLE = 4
local MAX_SCANNED = 1000

local function keep_index(index, expiry)
    redis.call('PEXPIREAT', index, expiry, 'NX')
    redis.call('PEXPIREAT', index, expiry, 'GT')
end

local function add_to_index(index, member, expiry, is_live)
    for _, other in ipairs(redis.call('ZRANDMEMBER', index, SAMPLE)) do
        if not is_live(other) then
            redis.call('ZREM', index, other)
        end
    end
    redis.call('ZADD', index, 0, member)
    keep_index(index, expiry)
end

-- Returns where to go on, or '' at the end, and then the members.
local function read_index(index, after, limit, is_live, is_wanted)
    local count = math.min(MAX_SCANNED, limit + SAMPLE)
    local members = redis.call('ZRANGE', index, '(' .. after, '+', 'BYLEX', 'LIMIT', 0, count)
    local answer = { '' }
    for _, member in ipairs(members) do
        if not is_live(member) then
            redis.call('ZREM', index, member)
        elseif is_wanted(member) then
            answer[#answer + 1] = member
            if #answer > limit then
                return answer
            end
        end
    end
    if #members == count then
        answer[1] = members[#members]
    end
    return answer
end
