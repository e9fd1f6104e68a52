-- Raises the version of all data. It never falls.
--
-- KEYS[1]  data_version  string  of no prefecture
-- ARGV[1]  version
--
-- Returns 'done'

if tonumber(redis.call('GET', data_version) or '0') < tonumber(version) then
  redis.call('SET', data_version, version)
end
return 'done'
