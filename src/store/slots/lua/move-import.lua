-- Moves lines of a complete import into place, and ends the import with the last.
--
-- KEYS[1]  import        hash
-- KEYS[2]  import-lines  list  slot id, capacity, slot, by threes
-- KEYS[3]  slots         hash  slot id -> slot
-- KEYS[4]  places        hash  slot id -> places that no draw has
-- ARGV[1]  most lines to move
--
-- Returns the number of lines left

if redis.call('HGET', KEYS[1], 'complete') ~= '1' then
  return 0
end
local lines = redis.call('LPOP', KEYS[2], 3 * tonumber(ARGV[1])) or {}
for i = 1, #lines, 3 do
  redis.call('HSET', KEYS[3], lines[i], lines[i + 2])
  redis.call('HSET', KEYS[4], lines[i], lines[i + 1])
end
local left = redis.call('LLEN', KEYS[2]) / 3
if left == 0 then
  redis.call('DEL', KEYS[1])
end
return left
