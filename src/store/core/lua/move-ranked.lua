-- Gives a member of a sorted set another score, if it is there.
--
-- KEYS[1]  zset    zset  any of a prefecture
-- ARGV[1]  score
-- ARGV[2]  member
--
-- Returns 0

return redis.call('ZADD', zset, 'XX', score, member)
