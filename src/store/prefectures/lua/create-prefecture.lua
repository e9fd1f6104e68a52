-- Creates a prefecture, whose data has from the beginning the version of whoever creates it.
--
-- KEYS[1]  prefecture    string  json
-- KEYS[2]  data_version  string
-- ARGV[1]  json
-- ARGV[2]  version
--
-- Returns 'created' | 'exists'. Repeating it changes nothing.

if redis.call('EXISTS', prefecture) == 1 then
  return 'exists'
end
redis.call('SET', prefecture, json)
redis.call('SET', data_version, version)
return 'created'
