-- Clears the cache: begins another epoch, and tells those who listen. KEYS: the epoch. Returns it.
local epoch = redis.call('INCR', KEYS[1])
redis.call('PUBLISH', KEYS[1], epoch)
return epoch
