-- Drops an import that is not complete.
--
-- KEYS[1]  import        hash
-- KEYS[2]  import-lines  list
-- ARGV[1]  id of the import
--
-- Returns 'dropped' | 'kept'

if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'complete') == 1 then
  return 'kept'
end
redis.call('DEL', KEYS[1], KEYS[2])
return 'dropped'
