-- Stores a user's entry unless a greater or the same revision is there. KEYS: the bucket. ARGV: the user, the entry.
-- An entry begins with its revision in 19 digits, which compare as text: a Lua number would round them.
local DIGITS = 19
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before and string.sub(before, 1, DIGITS) >= string.sub(ARGV[2], 1, DIGITS) then
    return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
