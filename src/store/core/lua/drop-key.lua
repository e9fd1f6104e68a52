-- Removes a key.
--
-- KEYS[1]  any key of a prefecture
-- ARGV     none
--
-- Returns 1; 0 if there was none

return redis.call('DEL', KEYS[1])
