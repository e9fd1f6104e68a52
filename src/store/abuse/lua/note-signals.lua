-- Appends signals of one day; the oldest of the day go first.
--
-- KEYS[1]  signals  list  of one day
-- ARGV[1]  most     signals of a day
-- ARGV[2]  kept_s   seconds after which the day is forgotten
-- ARGV[3…] lines    at most 5000 signals
--
-- Returns how many there are

for _, line in ipairs(lines) do
  redis.call('RPUSH', signals, line)
end
redis.call('LTRIM', signals, -tonumber(most), -1)
redis.call('EXPIRE', signals, kept_s)
return redis.call('LLEN', signals)
