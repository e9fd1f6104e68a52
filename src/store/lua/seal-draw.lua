-- include append-leaf
-- Makes the staged parts the result of a frozen draw, once and for all.
--
-- KEYS[1]  draw          hash  state, json
-- KEYS[2]  draw:staged   list  gzipped parts
-- KEYS[3]  draw:result   list  gzipped parts
-- KEYS[4]  register      list  leaves
-- ARGV[1]  json
-- ARGV[2]  number of parts
-- ARGV[3]  leaf of the register
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
append_leaf(KEYS[4], ARGV[3])
return 'done'
