-- include append-leaf
-- Plans a draw, unless one of this id exists.
--
-- KEYS[1]  draw              hash  state, json
-- KEYS[2]  draws             zset  draw id by planned time
-- KEYS[3]  unfinished-draws  zset  draw id by planned time, while work is left
-- KEYS[4]  register          list  leaves
-- ARGV[1]  draw id
-- ARGV[2]  planned time, ms since the epoch
-- ARGV[3]  json
-- ARGV[4]  leaf of the register
--
-- Returns 'scheduled' | 'exists'

local draw, draws, unfinished = KEYS[1], KEYS[2], KEYS[3]
local id, at_ms, json = ARGV[1], ARGV[2], ARGV[3]

if redis.call('EXISTS', draw) == 1 then
  return 'exists'
end
redis.call('HSET', draw, 'state', 'scheduled', 'json', json)
redis.call('ZADD', draws, at_ms, id)
redis.call('ZADD', unfinished, at_ms, id)
append_leaf(KEYS[4], ARGV[4])
return 'scheduled'
