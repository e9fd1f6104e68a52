-- Ends a closure: all its people were told. Safe to repeat.
--
-- KEYS[1]  closures       hash  closure id -> closure
-- KEYS[2]  open_closures  zset  closure id by the time it was made
-- KEYS[3]  slots          list  slot ids
-- ARGV[1]  id             closure id
-- ARGV[2]  before         the closure as read
-- ARGV[3]  after          the closure as it shall be
--
-- Returns 'done' | 'conflict'

if redis.call('ZSCORE', open_closures, id) == false then
  return 'done'
end
if redis.call('HGET', closures, id) ~= before then
  return 'conflict'
end
redis.call('HSET', closures, id, after)
redis.call('ZREM', open_closures, id)
redis.call('UNLINK', slots)
return 'done'
