-- Gives places of a draw that nobody holds back to the next one.
--
-- KEYS[1]  draw         hash  state, json
-- KEYS[2]  draw:places  hash  slot id -> places of this draw nobody holds
-- KEYS[3]  places       hash  slot id -> places no draw has taken
-- ARGV[1]  state the draw must have
-- ARGV[2…] slot ids, at most 500
--
-- Returns {'done', places moved} | {'moved'}

local draw, draw_places, places = KEYS[1], KEYS[2], KEYS[3]

if redis.call('HGET', draw, 'state') ~= ARGV[1] then
  return { 'moved' }
end
local moved = 0
for index = 2, #ARGV do
  local idle = tonumber(redis.call('HGET', draw_places, ARGV[index]) or '0')
  if idle > 0 then
    redis.call('HINCRBY', places, ARGV[index], idle)
    moved = moved + idle
  end
  redis.call('HDEL', draw_places, ARGV[index])
end
return { 'done', moved }
