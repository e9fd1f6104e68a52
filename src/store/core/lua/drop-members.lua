-- Removes members of a set.
--
-- KEYS[1]  any set of a prefecture
-- ARGV     members; at most 1000
--
-- Returns how many there were

return redis.call('SREM', KEYS[1], unpack(ARGV))
