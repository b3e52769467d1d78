-- Removes an entry. ARGV: its key. Returns 1, or 0 where there is none.
local was_cleared = is_cleared(ARGV[1])
local removed = remove(ARGV[1])
return was_cleared and 0 or removed
