-- Writes a field of a hash that has none of this name.
--
-- KEYS[1]  hash   hash  any of a prefecture
-- ARGV[1]  field
-- ARGV[2]  value
--
-- Returns how many fields are new

return redis.call('HSETNX', hash, field, value)
