-- include append-leaf
-- Ends a planned draw that is not held: superseded, or skipped. Where its freeze has begun it stays
-- unfinished until its places are given back.
--
-- KEYS[1]  draw              hash    state, json
-- KEYS[2]  freezing          hash    draw, number, at
-- KEYS[3]  before            hash    entry id -> its state at the freeze
-- KEYS[4]  events            list    lines
-- KEYS[5]  active_draw       string  draw id
-- KEYS[6]  unfinished_draws  zset    draw id by planned time
-- KEYS[7]  register          list    leaves
-- ARGV[1]  draw_id
-- ARGV[2]  state             'superseded' or 'skipped'
-- ARGV[3]  begun             '1' if its freeze must have begun; '' if it must not
-- ARGV[4]  json
-- ARGV[5]  at_ms             planned time of the draw, ms since the epoch
-- ARGV[6]  leaf              leaf of the register
--
-- Returns 'done' | 'conflict'. A repeat finds another state, and changes nothing.

if redis.call('HGET', draw, 'state') ~= 'scheduled' then
  return 'conflict'
end
local is_freezing = redis.call('HGET', freezing, 'draw') == draw_id
if is_freezing ~= (begun == '1') then
  return 'conflict'
end
redis.call('HSET', draw, 'state', state, 'json', json)
append_leaf(register, leaf)
if not is_freezing then
  redis.call('ZREM', unfinished_draws, draw_id)
  return 'done'
end
-- Nothing was published yet: there is no record to write to.
redis.call('DEL', freezing)
redis.call('UNLINK', before, events)
if redis.call('GET', active_draw) == draw_id then
  redis.call('DEL', active_draw)
end
redis.call('ZADD', unfinished_draws, at_ms, draw_id)
return 'done'
