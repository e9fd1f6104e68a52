-- Makes a flagged set, unless there is one of this id, open or settled.
--
-- KEYS[1]  flags       hash  flag id -> flagged set
-- KEYS[2]  open-flags  zset  '<ms>:<flag id>'
-- ARGV[1]  flag id
-- ARGV[2]  flagged set
-- ARGV[3]  its member of open-flags
--
-- Returns 'raised' | 'exists'

if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then
  return 'exists'
end
redis.call('ZADD', KEYS[2], 0, ARGV[3])
return 'raised'
