-- Writes a string that is not there yet, for a while.
--
-- KEYS[1]  any string of a prefecture
-- ARGV[1]  text
-- ARGV[2]  milliseconds after which it is gone
--
-- Returns 1; 0 if it was there

return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') and 1 or 0
