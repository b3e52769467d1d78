-- Takes over a range of buckets. KEYS: the epochs by bucket. ARGV: the first and the last bucket.
-- Returns the new epoch: the server's clock in microseconds, and greater than each bucket's epoch before.
local first, last = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local epoch = time[1] * 1000000 + time[2]
for bucket = first, last do
    local before = tonumber(redis.call('HGET', KEYS[1], bucket) or '0')
    if before >= epoch then
        epoch = before + 1
    end
end

local text = string.format('%.0f', epoch)
for bucket = first, last do
    redis.call('HSET', KEYS[1], bucket, text)
end
return text
