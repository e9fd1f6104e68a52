-- include append-leaf
-- include append-event
-- Declares a draw void. Where it has taken places, it stays unfinished until they are given back.
--
-- KEYS[1]  draw              hash    state, json
-- KEYS[2]  freezing          hash    draw, number, at
-- KEYS[3]  before            hash    entry id -> its state at the freeze
-- KEYS[4]  events            list    lines
-- KEYS[5]  active_draw       string  draw id
-- KEYS[6]  current_draw      string  draw id
-- KEYS[7]  unfinished_draws  zset    draw id by planned time
-- KEYS[8]  register          list    leaves
-- ARGV[1]  draw_id
-- ARGV[2]  state             that the draw must have
-- ARGV[3]  json
-- ARGV[4]  at_ms             planned time of the draw, ms since the epoch
-- ARGV[5]  now               as in the record
-- ARGV[6]  event             after its `at` member
-- ARGV[7]  leaf              leaf of the register
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', draw, 'state') ~= state then
  return 'conflict'
end
redis.call('HSET', draw, 'state', 'void', 'json', json)

if redis.call('HGET', freezing, 'draw') == draw_id then
  -- Nothing was published yet: there is no record to write to.
  redis.call('DEL', freezing)
  redis.call('UNLINK', before, events)
elseif state ~= 'scheduled' then
  append_event(events, register, draw_id, now, event)
end
append_leaf(register, leaf)

if redis.call('GET', active_draw) == draw_id then
  redis.call('DEL', active_draw)
  redis.call('ZADD', unfinished_draws, at_ms, draw_id)
else
  redis.call('ZREM', unfinished_draws, draw_id)
end
if redis.call('GET', current_draw) == draw_id then
  redis.call('DEL', current_draw)
end
return 'done'
