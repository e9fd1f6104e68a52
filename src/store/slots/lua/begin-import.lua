-- Begins an import of slots, if none is under way.
--
-- KEYS[1]  import        hash
-- KEYS[2]  import-lines  list
-- ARGV[1]  id of the import
-- ARGV[2]  number of slots
-- ARGV[3]  now, ms since the epoch
--
-- Returns 'begun' | 'busy'

if redis.call('EXISTS', KEYS[1]) == 1 then
  return 'busy'
end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'count', ARGV[2], 'startedAtMs', ARGV[3])
redis.call('DEL', KEYS[2])
return 'begun'
