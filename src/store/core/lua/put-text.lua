-- Writes a string, whatever it was.
--
-- KEYS[1]  any string of a prefecture
-- ARGV[1]  text
-- ARGV[2]  milliseconds after which it is gone; '' for never
--
-- Returns 1

if ARGV[2] == '' then
  redis.call('SET', KEYS[1], ARGV[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
