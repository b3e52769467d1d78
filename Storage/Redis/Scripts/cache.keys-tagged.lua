-- Reads keys of entries that have a tag. ARGV: the tag, the key to read after, how many at most.
-- Returns the key to go on after, or '' at the end, then the keys.
local tag, after, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
return read_index(tags .. tag, after, limit, has(tag), function() return true end)
