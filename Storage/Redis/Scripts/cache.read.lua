-- Reads an entry. ARGV: its key. Returns its fields, and nil where there is none.
local fields = redis.call('HMGET', entries .. ARGV[1], 'value', 'type', 'stored', 'sliding', 'end', 'deadline', 'version', 'epoch')
if not fields[1] or tonumber(fields[8] or '0') < present_epoch() then
    return false
end
return fields
