-- Replaces a field of a hash that nobody changed meanwhile.
--
-- KEYS[1]  any hash of a prefecture
-- ARGV[1]  field
-- ARGV[2]  its value as read
-- ARGV[3]  its value as it shall be
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 'conflict'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 'done'
