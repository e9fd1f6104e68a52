-- Writes a field of a hash that has none of this name.
--
-- KEYS[1]  any hash of a prefecture
-- ARGV[1]  field
-- ARGV[2]  value
--
-- Returns how many fields are new

return redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
