-- Moves lines of a complete import into place, those that go first, and ends the import with the last.
-- A slot that was closed since the import was planned stays as it is.
--
-- KEYS[1]  lock    hash  `complete` once it is
-- KEYS[2]  lines   list  slot id, capacity, slot, by threes
-- KEYS[3]  gone    list  ids of slots to take out
-- KEYS[4]  slots   hash  slot id -> slot
-- KEYS[5]  places  hash  slot id -> places that no draw has
-- KEYS[6]  closed_slots  hash  slot id -> closure and cause
-- ARGV[1]  most    lines to move at most
--
-- Returns the number of lines left

if redis.call('HGET', lock, 'complete') ~= '1' then
  return 0
end
local taken = redis.call('LPOP', gone, most)
if taken then
  for _, slot in ipairs(taken) do
    if redis.call('HEXISTS', closed_slots, slot) == 0 then
      redis.call('HDEL', slots, slot)
      redis.call('HDEL', places, slot)
    end
  end
else
  local moved = redis.call('LPOP', lines, 3 * tonumber(most)) or {}
  for i = 1, #moved, 3 do
    if redis.call('HEXISTS', closed_slots, moved[i]) == 0 then
      redis.call('HSET', slots, moved[i], moved[i + 2])
      redis.call('HSET', places, moved[i], moved[i + 1])
    end
  end
end
local left = redis.call('LLEN', lines) / 3 + redis.call('LLEN', gone)
if left == 0 then
  redis.call('DEL', lock)
end
return left
