-- Removes an entry. ARGV: its key. Returns 1, or 0 where there is none.
return remove(ARGV[1])
