-- Removes a key.
--
-- KEYS[1]  key  any  of a prefecture
--
-- Returns 1; 0 if there was none

return redis.call('DEL', key)
