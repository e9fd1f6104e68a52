-- Begins an import of slots, if none is under way.
--
-- KEYS[1]  lock    hash  id, startedAtMs
-- KEYS[2]  lines   list  slot id, capacity, slot, by threes
-- KEYS[3]  gone    list  ids of slots to take out
-- ARGV[1]  id      of the import
-- ARGV[2]  now_ms  ms since the epoch
--
-- Returns 'done' | 'busy'

if redis.call('EXISTS', lock) == 1 then
  return 'busy'
end
redis.call('HSET', lock, 'id', id, 'startedAtMs', now_ms)
redis.call('DEL', lines, gone)
return 'done'
