-- Creates a prefecture, whose data has from the beginning the version of whoever creates it.
--
-- KEYS[1]  prefecture    string  json
-- KEYS[2]  data-version  string
-- ARGV[1]  json
-- ARGV[2]  version
--
-- Returns 'created' | 'exists'. Repeating it changes nothing.

if redis.call('EXISTS', KEYS[1]) == 1 then
  return 'exists'
end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
return 'created'
