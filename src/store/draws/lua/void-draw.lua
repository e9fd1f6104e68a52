-- include append-leaf
-- include append-event
-- Declares a draw void. Where it has taken places, it stays unfinished until they are given back.
--
-- KEYS[1]  draw              hash    state, json
-- KEYS[2]  freezing          hash    draw, number, at
-- KEYS[3]  before            hash    entry id -> its state at the freeze
-- KEYS[4]  draw:events       list    lines
-- KEYS[5]  active-draw       string  draw id
-- KEYS[6]  current-draw      string  draw id
-- KEYS[7]  unfinished-draws  zset    draw id by planned time
-- KEYS[8]  register          list    leaves
-- ARGV[1]  draw id
-- ARGV[2]  state the draw must have
-- ARGV[3]  json
-- ARGV[4]  planned time of the draw, ms since the epoch
-- ARGV[5]  now, as in the record
-- ARGV[6]  the event after its `at` member
-- ARGV[7]  leaf of the register
--
-- Returns 'done' | 'moved'

local draw, freezing, before, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local active, current, unfinished, register = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local id, state, json, at_ms, now, event = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if redis.call('HGET', draw, 'state') ~= state then
  return 'moved'
end
redis.call('HSET', draw, 'state', 'void', 'json', json)

if redis.call('HGET', freezing, 'draw') == id then
  -- Nothing was published yet: there is no record to write to.
  redis.call('DEL', freezing)
  redis.call('UNLINK', before, events)
elseif state ~= 'scheduled' then
  append_event(events, register, id, now, event)
end
append_leaf(register, ARGV[7])

if redis.call('GET', active) == id then
  redis.call('DEL', active)
  redis.call('ZADD', unfinished, at_ms, id)
else
  redis.call('ZREM', unfinished, id)
end
if redis.call('GET', current) == id then
  redis.call('DEL', current)
end
return 'done'
