-- Reads keys of a user's sessions. ARGV: the user, the key to read after, how many at most, now (Unix milliseconds).
-- Returns the key to go on after, or '' at the end, then the keys.
local user, after, limit, now = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
return read_index(users .. user, after, limit, is_of(user), function(key)
    return tonumber(redis.call('HGET', sessions .. key, 'deadline')) > now
end)
