-- include append-leaf
-- include append-event
-- Declares a draw void whose freeze has begun: it stays unfinished until its places are given back.
--
-- KEYS[1]  draw              hash    state, json, ended
-- KEYS[2]  freezing          hash    draw, number, at
-- KEYS[3]  before            hash    entry id -> its state at the freeze
-- KEYS[4]  events            list    lines
-- KEYS[5]  active_draw       string  draw id
-- KEYS[6]  reserves          hash    request type -> draw id
-- KEYS[7]  unfinished_draws  zset    draw id by planned time
-- KEYS[8]  register          list    leaves
-- ARGV[1]  draw_id
-- ARGV[2]  state             that the draw must have
-- ARGV[3]  ended             request types that must have ended, spaces between
-- ARGV[4]  json
-- ARGV[5]  at_ms             planned time of the draw, ms since the epoch
-- ARGV[6]  now               as in the record
-- ARGV[7]  event             after its `at` member
-- ARGV[8]  leaf              leaf of the register
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', draw, 'state') ~= state then
  return 'conflict'
end
if (redis.call('HGET', draw, 'ended') or '') ~= ended then
  return 'conflict'
end
local is_freezing = redis.call('HGET', freezing, 'draw') == draw_id
-- A plan whose freeze has not begun is superseded (end-plan.lua).
if state == 'scheduled' and not is_freezing then
  return 'conflict'
end
redis.call('HSET', draw, 'state', 'void', 'json', json)

if is_freezing then
  -- Nothing was published yet: there is no record to write to.
  redis.call('DEL', freezing)
  redis.call('UNLINK', before, events)
else
  append_event(events, register, draw_id, now, event)
end
append_leaf(register, leaf)

if redis.call('GET', active_draw) == draw_id then
  redis.call('DEL', active_draw)
end
redis.call('ZADD', unfinished_draws, at_ms, draw_id)
-- A field for each request type of the prefecture: few.
local in_use = redis.call('HGETALL', reserves)
for at = 1, #in_use, 2 do
  if in_use[at + 1] == draw_id then
    redis.call('HDEL', reserves, in_use[at])
  end
end
return 'done'
