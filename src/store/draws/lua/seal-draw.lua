-- include append-leaf
-- Makes the staged parts the result of a frozen draw, and the staged index its index, once and for
-- all.
--
-- KEYS[1]  draw          hash  state, json
-- KEYS[2]  draw:staged   list  gzipped parts
-- KEYS[3]  draw:result   list  gzipped parts
-- KEYS[4]  register      list  leaves
-- KEYS[5]  draw:staged   hash  fields of the index
-- KEYS[6]  draw:index    hash  fields of the index
-- ARGV[1]  json
-- ARGV[2]  number of parts
-- ARGV[3]  leaf of the register
-- ARGV[4]  number of fields of the index
--
-- Returns 'done' | 'moved' | 'unstaged'

local draw, staged, result = KEYS[1], KEYS[2], KEYS[3]
local staged_index, index = KEYS[5], KEYS[6]
local json, parts, fields = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[4])

if redis.call('HGET', draw, 'state') ~= 'frozen' then
  return 'moved'
end
if redis.call('LLEN', staged) ~= parts or redis.call('HLEN', staged_index) ~= fields then
  return 'unstaged'
end

redis.call('RENAME', staged, result)
redis.call('PERSIST', result)
if fields > 0 then
  redis.call('RENAME', staged_index, index)
  redis.call('PERSIST', index)
end
redis.call('HSET', draw, 'state', 'drawn', 'json', json)
append_leaf(KEYS[4], ARGV[3])
return 'done'
