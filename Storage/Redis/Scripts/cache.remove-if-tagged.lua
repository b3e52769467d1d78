-- Removes an entry that has a tag. ARGV: its key, the tag. Returns 1 or 0.
return has(ARGV[2])(ARGV[1]) and remove(ARGV[1]) or 0
