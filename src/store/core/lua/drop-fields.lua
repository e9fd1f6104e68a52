-- Removes fields of a hash.
--
-- KEYS[1]  any hash of a prefecture
-- ARGV     fields; at most 1000
--
-- Returns how many there were

return redis.call('HDEL', KEYS[1], unpack(ARGV))
