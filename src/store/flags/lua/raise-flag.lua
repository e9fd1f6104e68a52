-- Makes a flagged set, unless there is one of this id, open or settled.
--
-- KEYS[1]  flags       hash  flag id -> flagged set
-- KEYS[2]  open_flags  zset  '<ms>:<flag id>'
-- ARGV[1]  id          flag id
-- ARGV[2]  flag        flagged set
-- ARGV[3]  member      of open_flags
--
-- Returns 'raised' | 'exists'

if redis.call('HSETNX', flags, id, flag) == 0 then
  return 'exists'
end
redis.call('ZADD', open_flags, 0, member)
return 'raised'
