-- include append-leaf
-- Makes the staged parts the result of a frozen draw, and the staged index its index, once and for
-- all.
--
-- KEYS[1]  draw          hash  state, json
-- KEYS[2]  staged        list  gzipped parts
-- KEYS[3]  result        list  gzipped parts
-- KEYS[4]  register      list  leaves
-- KEYS[5]  staged_index  hash  fields of the index
-- KEYS[6]  index         hash  fields of the index
-- ARGV[1]  json
-- ARGV[2]  parts         how many are staged
-- ARGV[3]  leaf          leaf of the register
-- ARGV[4]  fields        how many the index has
--
-- Returns 'done' | 'conflict' | 'unstaged'

if redis.call('HGET', draw, 'state') ~= 'frozen' then
  return 'conflict'
end
local whole = redis.call('LLEN', staged) == tonumber(parts)
if not whole or redis.call('HLEN', staged_index) ~= tonumber(fields) then
  return 'unstaged'
end

redis.call('RENAME', staged, result)
redis.call('PERSIST', result)
if tonumber(fields) > 0 then
  redis.call('RENAME', staged_index, index)
  redis.call('PERSIST', index)
end
redis.call('HSET', draw, 'state', 'drawn', 'json', json)
append_leaf(register, leaf)
return 'done'
