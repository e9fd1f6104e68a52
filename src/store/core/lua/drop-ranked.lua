-- Removes members of a sorted set.
--
-- KEYS[1]  any sorted set of a prefecture
-- ARGV     members; at most 1000
--
-- Returns how many there were

return redis.call('ZREM', KEYS[1], unpack(ARGV))
