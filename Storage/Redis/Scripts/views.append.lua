-- Appends one entry to a partition of the view log, or says why not and changes nothing.
-- KEYS: the partition's stream, the hash of all partitions, then one key for each event id.
-- ARGV: the partition, the most entries it may hold, now and the time up to which event ids are forgotten (Unix
--       milliseconds), how long to keep event ids (milliseconds), how many views the entry counts, the entry.
-- Returns {0} when appended, {1} when full, and {2, index, ...} of the event ids that were seen before.
local FULL, SEEN, APPENDED = 1, 2, 0
local FIRST_EVENT = 3
local JUMP = 1000000

local stream, partitions = KEYS[1], KEYS[2]
local partition, max_entries, now, forgotten, window, count, entry = unpack(ARGV)

if redis.call('XLEN', stream) >= tonumber(max_entries) then
    return { FULL }
end

local seen = { SEEN }
for i = FIRST_EVENT, #KEYS do
    local at = redis.call('GET', KEYS[i])
    if at and tonumber(at) > tonumber(forgotten) then
        seen[#seen + 1] = i - FIRST_EVENT
    end
end
if #seen > 1 then
    return seen
end

-- A server that was restarted, or promoted from a replica, may lack the latest entries, which pages have applied. Were
-- their offsets used again, pages would skip the new entries as applied; so the offsets jump ahead of any lost ones.
-- A user who may not ask for INFO goes without.
local info = redis.pcall('INFO', 'server')
local server = type(info) == 'string' and string.match(info, 'run_id:(%x+)') or ''
local before = redis.call('HGET', partitions, partition .. ':server')
local step = 1
if before ~= server then
    redis.call('HSET', partitions, partition .. ':server', server)
    step = before and JUMP or 1
end

-- The entry goes first: a script that fails keeps what it did, and an event must not be remembered without its view.
local offset = redis.call('HINCRBY', partitions, partition .. ':last', step)
redis.call('XADD', stream, string.format('%.0f-0', offset), 'at', now, 'entry', entry)
redis.call('HINCRBY', partitions, partition .. ':accepted', count)
for i = FIRST_EVENT, #KEYS do
    redis.call('SET', KEYS[i], now, 'PX', window)
end
return { APPENDED }
