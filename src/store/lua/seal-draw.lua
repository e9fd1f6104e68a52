-- Makes the staged parts the result of a frozen draw, once and for all.
--
-- KEYS[1]  draw          hash  state, json
-- KEYS[2]  draw:staged   list  gzipped parts
-- KEYS[3]  draw:result   list  gzipped parts
-- ARGV[1]  json
-- ARGV[2]  number of parts
--
-- Returns 'done' | 'moved' | 'unstaged'

local draw, staged, result = KEYS[1], KEYS[2], KEYS[3]
local json, parts = ARGV[1], tonumber(ARGV[2])

if redis.call('HGET', draw, 'state') ~= 'frozen' then
  return 'moved'
end
if redis.call('LLEN', staged) ~= parts then
  return 'unstaged'
end

redis.call('RENAME', staged, result)
redis.call('PERSIST', result)
redis.call('HSET', draw, 'state', 'drawn', 'json', json)
return 'done'
