-- Removes fields of a hash.
--
-- KEYS[1]  hash  hash  any of a prefecture
-- ARGV[1…] fields  at most 1000
--
-- Returns how many there were

return redis.call('HDEL', hash, unpack(fields))
