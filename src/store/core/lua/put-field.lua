-- Writes a field of a hash, whatever it was.
--
-- KEYS[1]  hash   hash  any of a prefecture
-- ARGV[1]  field
-- ARGV[2]  value
--
-- Returns how many fields are new

return redis.call('HSET', hash, field, value)
