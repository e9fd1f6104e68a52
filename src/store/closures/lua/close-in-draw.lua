-- include append-leaf
-- include append-event
-- Takes the idle places of closed slots from a draw, and says so in its record. Slots of which it has
-- no idle place are passed over: their record is written with whoever holds a place there. Safe to
-- repeat.
--
-- KEYS[1]  draw         hash  state, json
-- KEYS[2]  freezing     hash  draw, number, at
-- KEYS[3]  draw_places  hash  slot id -> places of this draw nobody holds
-- KEYS[4]  draw_closed  hash  slot id -> the record says that it is closed
-- KEYS[5]  events       list  lines
-- KEYS[6]  register     list  leaves
-- ARGV[1]  draw_id
-- ARGV[2]  now          as in the record
-- ARGV[3…] slots        at most 200, each in JSON:
--   .id     slot id
--   .event  line of the record after its `at` member; '' if it says nothing
--
-- Returns {'done', slots closed now} | {'freezing'}

-- Its manifest will tell of these slots: nothing can be said of them before.
if redis.call('HGET', freezing, 'draw') == draw_id then
  return { 'freezing' }
end
local state = redis.call('HGET', draw, 'state')
-- Nothing may follow `void` in a record; a plan that was given up has none.
local has_record = state == 'frozen' or state == 'drawn' or state == 'published' or state == 'closed'
local closed = 0
for _, slot in ipairs(slots) do
  if redis.call('HDEL', draw_places, slot.id) == 1 then
    closed = closed + 1
    if has_record and slot.event ~= '' and redis.call('HSETNX', draw_closed, slot.id, '1') == 1 then
      append_event(events, register, draw_id, now, slot.event)
    end
  end
end
return { 'done', closed }
