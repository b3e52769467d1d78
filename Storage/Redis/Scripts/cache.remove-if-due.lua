-- Removes an entry unless its deadline is later. ARGV: its key, the moment (Unix milliseconds). Returns 1 or 0.
local deadline = redis.call('HGET', entries .. ARGV[1], 'deadline')
if not deadline or tonumber(deadline) > tonumber(ARGV[2]) then
    return 0
end
return remove(ARGV[1])
