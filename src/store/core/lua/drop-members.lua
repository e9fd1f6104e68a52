-- Removes members of a set.
--
-- KEYS[1]  set  set  any of a prefecture
-- ARGV[1…] members  at most 1000
--
-- Returns how many there were

return redis.call('SREM', set, unpack(members))
