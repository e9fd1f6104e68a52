-- Stages slots of a closure that has not begun, under a key of its own.
--
-- KEYS[1]  staged   list  slot ids
-- ARGV[1]  seconds  after which they are gone, unless the closure begins
-- ARGV[2…] slots    at most 500, by id
--
-- Returns the number of slots staged

local count = redis.call('RPUSH', staged, unpack(slots))
redis.call('EXPIRE', staged, seconds)
return count
