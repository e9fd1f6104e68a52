-- include append-leaf
-- Plans a draw, unless one of this id exists. A draw that repeats another is planned only if that
-- one is void and no draw repeats it yet: both are looked at, and noted, in the same step.
--
-- KEYS[1]  draw              hash  state, json
-- KEYS[2]  draws             zset  draw id by planned time
-- KEYS[3]  unfinished-draws  zset  draw id by planned time, while work is left
-- KEYS[4]  register          list  leaves
-- KEYS[5]  draw              hash  of the void draw that it repeats; KEYS[1] if it repeats none
-- ARGV[1]  draw id
-- ARGV[2]  planned time, ms since the epoch
-- ARGV[3]  json
-- ARGV[4]  leaf of the register
--
-- Returns 'scheduled' | 'exists' | 'not_void' | 'repeated'

local draw, draws, unfinished, replaced = KEYS[1], KEYS[2], KEYS[3], KEYS[5]
local id, at_ms, json = ARGV[1], ARGV[2], ARGV[3]

if redis.call('EXISTS', draw) == 1 then
  return 'exists'
end
if replaced ~= draw then
  if redis.call('HGET', replaced, 'state') ~= 'void' then
    return 'not_void'
  end
  if redis.call('HSETNX', replaced, 'repeated_by', id) == 0 then
    return 'repeated'
  end
end
redis.call('HSET', draw, 'state', 'scheduled', 'json', json)
redis.call('ZADD', draws, at_ms, id)
redis.call('ZADD', unfinished, at_ms, id)
append_leaf(KEYS[4], ARGV[4])
return 'scheduled'
