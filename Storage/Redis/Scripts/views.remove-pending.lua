-- Removes pages that were flushed. A page that was noted again has a greater sequence by now, and stays.
-- KEYS: the pages that wait by sequence. ARGV: sequences.
for _, sequence in ipairs(ARGV) do
    redis.call('ZREMRANGEBYSCORE', KEYS[1], sequence, sequence)
end
return 0
