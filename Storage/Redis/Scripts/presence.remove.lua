-- Removes users' entries that are of a revision, where their bucket was not taken over.
-- KEYS: the epochs by bucket, then the bucket of each entry.
-- ARGV: the epoch, then for each entry the bucket's number, the user and the revision in 19 digits.
-- Returns how many were refused because their bucket was taken over.
local FIELDS = 3
local refused = 0
for i = 2, #KEYS do
    local bucket, user, revision = unpack(ARGV, FIELDS * (i - 2) + 2, FIELDS * (i - 1) + 1)
    if redis.call('HGET', KEYS[1], bucket) ~= ARGV[1] then
        refused = refused + 1
    else
        local entry = redis.call('HGET', KEYS[i], user)
        if entry and string.sub(entry, 1, #revision) == revision then
            redis.call('HDEL', KEYS[i], user)
        end
    end
end
return refused
