-- Writes one key of a prefecture that is being migrated, unless another process has taken over.
--
-- KEYS[1]  data-version  string  '<from>><to> <token>'
-- KEYS[2]  key to write
-- ARGV[1]  data-version, as who migrates has set it
-- ARGV[2]  command
-- ARGV[3…] its other arguments; at most 2000
--
-- Returns 'done' | 'moved'

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'moved'
end
local key = KEYS[2]
local writes = {
  SET = function() redis.call('SET', key, ARGV[3]) end,
  DEL = function() redis.call('DEL', key) end,
  HSET = function() redis.call('HSET', key, unpack(ARGV, 3)) end,
  HDEL = function() redis.call('HDEL', key, unpack(ARGV, 3)) end,
  RPUSH = function() redis.call('RPUSH', key, unpack(ARGV, 3)) end,
  LSET = function() redis.call('LSET', key, ARGV[3], ARGV[4]) end,
  SADD = function() redis.call('SADD', key, unpack(ARGV, 3)) end,
  SREM = function() redis.call('SREM', key, unpack(ARGV, 3)) end,
  ZADD = function() redis.call('ZADD', key, unpack(ARGV, 3)) end,
  ZREM = function() redis.call('ZREM', key, unpack(ARGV, 3)) end,
}
writes[ARGV[2]]()
return 'done'
