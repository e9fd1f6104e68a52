-- Holds a lock for longer, or gives it back, if it is still one's own.
--
-- KEYS[1]  lock  string with expiry: token of its holder
-- ARGV[1]  token
-- ARGV[2]  milliseconds; 0 to give it back
--
-- Returns 'done' | 'moved'

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'moved'
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 'done'
