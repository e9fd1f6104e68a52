-- Gives a prefecture the version that a migration has made of it.
--
-- KEYS[1]  data_version  string  '<from>><to> <token>'
-- ARGV[1]  fence         the same, as who migrates has set it
-- ARGV[2]  version       that it has now
--
-- Returns 'done' | 'conflict' (another process has taken over)

if redis.call('GET', data_version) ~= fence then
  return 'conflict'
end
redis.call('SET', data_version, version)
return 'done'
