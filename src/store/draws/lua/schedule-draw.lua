-- include append-leaf
-- Plans a draw, unless one of this id exists. A draw that repeats another is planned only if that
-- one is void, or superseded, and no draw repeats it yet: both are looked at, and noted, in the same step.
--
-- KEYS[1]  draw              hash  state, json
-- KEYS[2]  draws             zset  draw id by planned time
-- KEYS[3]  unfinished_draws  zset  draw id by planned time, while work is left
-- KEYS[4]  register          list  leaves
-- KEYS[5]  replaced          hash  the void draw that it repeats; `draw` if it repeats none
-- ARGV[1]  draw_id
-- ARGV[2]  at_ms             planned time, ms since the epoch
-- ARGV[3]  json
-- ARGV[4]  leaf              leaf of the register
--
-- Returns 'scheduled' | 'exists' | 'not_void' | 'repeated'

if redis.call('EXISTS', draw) == 1 then
  return 'exists'
end
if replaced ~= draw then
  local was = redis.call('HGET', replaced, 'state')
  if was ~= 'void' and was ~= 'superseded' then
    return 'not_void'
  end
  if redis.call('HSETNX', replaced, 'repeated_by', draw_id) == 0 then
    return 'repeated'
  end
end
redis.call('HSET', draw, 'state', 'scheduled', 'json', json)
redis.call('ZADD', draws, at_ms, draw_id)
redis.call('ZADD', unfinished_draws, at_ms, draw_id)
append_leaf(register, leaf)
return 'scheduled'
