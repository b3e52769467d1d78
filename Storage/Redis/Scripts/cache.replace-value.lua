-- Exchanges an entry's value. ARGV: its key, the version that it must have, the new one, the value, now (Unix milliseconds).
-- Returns 1, or 0 where that entry is gone.
local key, before, version, value, now = unpack(ARGV)
if version_of(key) ~= before then
    return 0
end
redis.call('HSET', entries .. key, 'value', value, 'version', version, 'stored', now)
return 1
