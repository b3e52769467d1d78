-- Removes users' entries that are of a revision. KEYS: the bucket of each. ARGV: for each the user and the 19 digits.
for i = 1, #KEYS do
    local user, revision = ARGV[2 * i - 1], ARGV[2 * i]
    local entry = redis.call('HGET', KEYS[i], user)
    if entry and string.sub(entry, 1, #revision) == revision then
        redis.call('HDEL', KEYS[i], user)
    end
end
return 0
