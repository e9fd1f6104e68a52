-- Closes slots for ever: nobody is offered a place of them any more, and the places that no draw has
-- are gone. A slot that another closure has closed stays of that one. Safe to repeat.
--
-- KEYS[1]  closed_slots  hash  slot id -> closure and cause
-- KEYS[2]  places        hash  slot id -> places no draw has taken
-- ARGV[1]  closure       id and cause, as stored
-- ARGV[2…] slots         at most 500, by id
--
-- Returns the number of slots closed now

local closed = 0
for _, slot in ipairs(slots) do
  closed = closed + redis.call('HSETNX', closed_slots, slot, closure)
  redis.call('HDEL', places, slot)
end
return closed
