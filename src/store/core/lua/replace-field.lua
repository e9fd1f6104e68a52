-- Replaces a field of a hash that nobody changed meanwhile.
--
-- KEYS[1]  hash    hash  any of a prefecture
-- ARGV[1]  field
-- ARGV[2]  before  its value as read
-- ARGV[3]  after   its value as it shall be
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', hash, field) ~= before then
  return 'conflict'
end
redis.call('HSET', hash, field, after)
return 'done'
