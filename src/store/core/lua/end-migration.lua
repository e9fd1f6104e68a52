-- Gives a prefecture the version that a migration has made of it.
--
-- KEYS[1]  data-version  string  '<from>><to> <token>'
-- ARGV[1]  the same, as who migrates has set it
-- ARGV[2]  version it has now
--
-- Returns 'done' | 'moved' (another process has taken over)

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'moved'
end
redis.call('SET', KEYS[1], ARGV[2])
return 'done'
