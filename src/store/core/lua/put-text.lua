-- Writes a string, whatever it was.
--
-- KEYS[1]  place   string  any of a prefecture
-- ARGV[1]  text
-- ARGV[2]  ttl_ms  milliseconds after which it is gone; '' for never
--
-- Returns 1

if ttl_ms == '' then
  redis.call('SET', place, text)
else
  redis.call('SET', place, text, 'PX', ttl_ms)
end
return 1
