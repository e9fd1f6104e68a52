-- Replaces the text of a draw that nobody changed meanwhile: the same draw, its secret sealed anew.
--
-- KEYS[1]  draw  hash  state, json
-- ARGV[1]  json as read
-- ARGV[2]  json as it shall be
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', KEYS[1], 'json') ~= ARGV[1] then
  return 'conflict'
end
redis.call('HSET', KEYS[1], 'json', ARGV[2])
return 'done'
