-- Stores users' entries, each unless a greater or the same revision is there, or its bucket was taken over.
-- KEYS: the epochs by bucket, then the bucket of each entry.
-- ARGV: for each entry the bucket's number, the epoch, the user, the revision in 19 digits, which compare as text (a Lua
-- number would round them), and the rest. Between the two goes the server's clock in 13 digits of milliseconds.
-- Returns which entries were refused because their bucket was taken over, counted from 0.
local FIELDS, DIGITS = 5, 19
local time = redis.call('TIME')
local now = string.format('%013.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local refused = {}
for i = 2, #KEYS do
    local bucket, epoch, user, revision, rest = unpack(ARGV, FIELDS * (i - 2) + 1, FIELDS * (i - 1))
    if redis.call('HGET', KEYS[1], bucket) ~= epoch then
        refused[#refused + 1] = i - 2
    else
        local before = redis.call('HGET', KEYS[i], user)
        if not before or string.sub(before, 1, DIGITS) < revision then
            redis.call('HSET', KEYS[i], user, revision .. now .. rest)
        end
    end
end
return refused
