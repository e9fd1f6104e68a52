-- Writes a string that is not there yet, for a while.
--
-- KEYS[1]  place   string  any of a prefecture
-- ARGV[1]  text
-- ARGV[2]  ttl_ms  milliseconds after which it is gone
--
-- Returns 1; 0 if it was there

return redis.call('SET', place, text, 'PX', ttl_ms, 'NX') and 1 or 0
