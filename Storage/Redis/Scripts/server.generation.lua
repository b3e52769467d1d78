-- Returns a new silo's generation: seconds since 2022 by the server's clock, as Orleans counts them, and more than any
-- silo's before. KEYS: the last generation.
local EPOCH = 1640995200
local generation = redis.call('TIME')[1] - EPOCH
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
if generation <= last then
    generation = last + 1
end
redis.call('SET', KEYS[1], string.format('%.0f', generation))
return generation
