-- Ends the reserve list of a published draw. Its idle places and its misses are still to be
-- settled: `closing-draw` names it until they are.
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  active-draw   string  draw id
-- KEYS[3]  current-draw  string  draw id
-- KEYS[4]  closing-draw  string  draw id
-- ARGV[1]  draw id
-- ARGV[2]  json
--
-- Returns 'done' | 'moved'

local draw, active, current, closing = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, json = ARGV[1], ARGV[2]

if redis.call('HGET', draw, 'state') ~= 'published' then
  return 'moved'
end
redis.call('HSET', draw, 'state', 'closed', 'json', json)
redis.call('DEL', active, current)
redis.call('SET', closing, id)
return 'done'
