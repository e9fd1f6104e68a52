-- Drops an import that is not complete.
--
-- KEYS[1]  lock   hash  id, startedAtMs
-- KEYS[2]  lines  list  slot id, capacity, slot, by threes
-- KEYS[3]  gone   list  ids of slots to take out
-- ARGV[1]  id     of the import
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', lock, 'id') ~= id or redis.call('HEXISTS', lock, 'complete') == 1 then
  return 'conflict'
end
redis.call('DEL', lock, lines, gone)
return 'done'
