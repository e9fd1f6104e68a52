-- Writes one key of a prefecture that is being migrated, unless another process has taken over.
--
-- KEYS[1]  data_version  string  '<from>><to> <token>'
-- KEYS[2]  key           any     to write
-- ARGV[1]  fence         data_version, as who migrates has set it
-- ARGV[2]  command
-- ARGV[3…] values        at most 2000: its other arguments
--
-- Returns 'done' | 'conflict'

if redis.call('GET', data_version) ~= fence then
  return 'conflict'
end
local writes = {
  SET = function() redis.call('SET', key, values[1]) end,
  DEL = function() redis.call('DEL', key) end,
  HSET = function() redis.call('HSET', key, unpack(values)) end,
  HDEL = function() redis.call('HDEL', key, unpack(values)) end,
  RPUSH = function() redis.call('RPUSH', key, unpack(values)) end,
  LSET = function() redis.call('LSET', key, values[1], values[2]) end,
  SADD = function() redis.call('SADD', key, unpack(values)) end,
  SREM = function() redis.call('SREM', key, unpack(values)) end,
  ZADD = function() redis.call('ZADD', key, unpack(values)) end,
  ZREM = function() redis.call('ZREM', key, unpack(values)) end,
}
writes[command]()
return 'done'
