-- Replaces a slot, or takes it out, with the places of it that nobody holds: of those that no draw has,
-- and of one draw. Writes nothing if anything of it is not as it was read: a freeze takes `places` as a
-- whole, so a slot is changed before it or after it, never beside it.
--
-- KEYS[1]  slots        hash  slot id -> slot
-- KEYS[2]  places       hash  slot id -> places no draw has taken
-- KEYS[3]  import_lock  hash  exists while an import is under way
-- KEYS[4]  draw         hash  state, json; not used without a state
-- KEYS[5]  draw_places  hash  slot id -> places of that draw nobody holds
-- KEYS[6]  closed_slots  hash  slot id -> closure and cause
-- ARGV[1]  slot         slot id
-- ARGV[2]  old          the slot as read
-- ARGV[3]  new          the slot as it shall be; '' to take it out
-- ARGV[4]  free         places that no draw has, as read
-- ARGV[5]  free_new     the same, as it shall be
-- ARGV[6]  state        that the draw must have; '' if no draw gives places up
-- ARGV[7]  idle         places of the draw, as read
-- ARGV[8]  idle_new     the same, as it shall be
--
-- Returns 'done' | 'conflict' | 'busy'. A repeat finds another text, and is a conflict.

if redis.call('EXISTS', import_lock) == 1 then
  return 'busy'
end
if redis.call('HEXISTS', closed_slots, slot) == 1 then
  return 'conflict'
end
if redis.call('HGET', slots, slot) ~= old then
  return 'conflict'
end
if (redis.call('HGET', places, slot) or '0') ~= free then
  return 'conflict'
end
if state ~= '' then
  if redis.call('HGET', draw, 'state') ~= state then
    return 'conflict'
  end
  if (redis.call('HGET', draw_places, slot) or '0') ~= idle then
    return 'conflict'
  end
end

local function put_places(hash, count)
  if count == '0' then
    redis.call('HDEL', hash, slot)
  else
    redis.call('HSET', hash, slot, count)
  end
end

put_places(places, free_new)
if state ~= '' then
  put_places(draw_places, idle_new)
end
if new == '' then
  redis.call('HDEL', slots, slot)
else
  redis.call('HSET', slots, slot, new)
end
return 'done'
