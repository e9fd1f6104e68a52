-- Raises the version of all data. It never falls.
--
-- KEYS[1]  tirage:data-version  string
-- ARGV[1]  version
--
-- Returns 'done'

if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 'done'
