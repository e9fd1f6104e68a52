-- Removes members of a sorted set.
--
-- KEYS[1]  zset  zset  any of a prefecture
-- ARGV[1…] members  at most 1000
--
-- Returns how many there were

return redis.call('ZREM', zset, unpack(members))
