-- Appends signals of one day; the oldest of the day go first.
--
-- KEYS[1]  signals:<day>  list  signals
-- ARGV[1]  most signals of a day
-- ARGV[2]  seconds after which the day is forgotten
-- ARGV[3…] signals
--
-- Returns how many there are

for index = 3, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[index])
end
redis.call('LTRIM', KEYS[1], -tonumber(ARGV[1]), -1)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return redis.call('LLEN', KEYS[1])
