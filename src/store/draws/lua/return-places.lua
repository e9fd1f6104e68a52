-- Gives places of a draw that nobody holds back to the next one: of one that has ended, or those that a
-- draw under way does not take part with. Those of a closed slot are gone.
--
-- KEYS[1]  draw         hash  state, json, ended
-- KEYS[2]  draw_places  hash  slot id -> places of this draw nobody holds
-- KEYS[3]  places       hash  slot id -> places no draw has taken
-- KEYS[4]  closed_slots  hash  slot id -> closure and cause
-- ARGV[1]  state        that the draw must have
-- ARGV[2]  ended        request types that must have ended, spaces between
-- ARGV[3…] slots        at most 500, by id
--
-- Returns {'done', places moved} | {'conflict'}

if redis.call('HGET', draw, 'state') ~= state then
  return { 'conflict' }
end
if (redis.call('HGET', draw, 'ended') or '') ~= ended then
  return { 'conflict' }
end
local moved = 0
for _, slot in ipairs(slots) do
  local idle = tonumber(redis.call('HGET', draw_places, slot) or '0')
  if idle > 0 and redis.call('HEXISTS', closed_slots, slot) == 0 then
    redis.call('HINCRBY', places, slot, idle)
    moved = moved + idle
  end
  redis.call('HDEL', draw_places, slot)
end
return { 'done', moved }
