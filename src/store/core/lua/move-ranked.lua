-- Gives a member of a sorted set another score, if it is there.
--
-- KEYS[1]  any sorted set of a prefecture
-- ARGV[1]  score
-- ARGV[2]  member
--
-- Returns 0

return redis.call('ZADD', KEYS[1], 'XX', ARGV[1], ARGV[2])
