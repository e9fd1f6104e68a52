-- Replaces the text of a draw that nobody changed meanwhile: the same draw, its secret sealed anew.
--
-- KEYS[1]  draw    hash  state, json
-- ARGV[1]  before  json as read
-- ARGV[2]  after   json as it shall be
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', draw, 'json') ~= before then
  return 'conflict'
end
redis.call('HSET', draw, 'json', after)
return 'done'
