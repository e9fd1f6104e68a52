-- Drops an import that is not complete.
--
-- KEYS[1]  lock   hash  id, count, startedAtMs
-- KEYS[2]  lines  list  slot id, capacity, slot, by threes
-- ARGV[1]  id     of the import
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', lock, 'id') ~= id or redis.call('HEXISTS', lock, 'complete') == 1 then
  return 'conflict'
end
redis.call('DEL', lock, lines)
return 'done'
