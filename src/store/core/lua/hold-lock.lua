-- Holds a lock for longer, or gives it back, if it is still one's own.
--
-- KEYS[1]  lock   string  token of its holder, with expiry
-- ARGV[1]  token
-- ARGV[2]  hold_ms  milliseconds; 0 to give it back
--
-- Returns 'done' | 'conflict'

if redis.call('GET', lock) ~= token then
  return 'conflict'
end
if hold_ms == '0' then
  redis.call('DEL', lock)
else
  redis.call('PEXPIRE', lock, hold_ms)
end
return 'done'
