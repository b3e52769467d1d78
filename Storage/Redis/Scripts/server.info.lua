-- Returns what the server tells of itself, or '' where this user may not ask. A script asks, since the client takes INFO
-- for an administrator's command.
local info = redis.pcall('INFO')
return type(info) == 'string' and info or ''
