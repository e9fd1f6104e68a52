-- The point of no return of an import: from here on it is completed by whoever comes.
--
-- KEYS[1]  lock   hash  id, count, startedAtMs
-- KEYS[2]  lines  list  slot id, capacity, slot, by threes
-- ARGV[1]  id     of the import
--
-- Returns 'done' | 'conflict' (the import was taken for abandoned)

if redis.call('HGET', lock, 'id') ~= id then
  return 'conflict'
end
local count = tonumber(redis.call('HGET', lock, 'count'))
if redis.call('LLEN', lines) ~= 3 * count then
  return redis.error_reply('an import must be staged whole before it is complete')
end
redis.call('HSET', lock, 'complete', '1')
return 'done'
