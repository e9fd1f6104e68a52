-- Writes fields of a hash, whatever they were.
--
-- KEYS[1]  any hash of a prefecture
-- ARGV     field and value, by turns; at most 1000 pairs
--
-- Returns how many fields are new

return redis.call('HSET', KEYS[1], unpack(ARGV))
