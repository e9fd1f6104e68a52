-- The point of no return of an import: from here on it is completed by whoever comes.
--
-- KEYS[1]  import        hash
-- KEYS[2]  import-lines  list
-- ARGV[1]  id of the import
--
-- Returns 'complete' | 'lost' (the import was taken for abandoned)

if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then
  return 'lost'
end
local count = tonumber(redis.call('HGET', KEYS[1], 'count'))
if redis.call('LLEN', KEYS[2]) ~= 3 * count then
  return redis.error_reply('an import must be staged whole before it is complete')
end
redis.call('HSET', KEYS[1], 'complete', '1')
return 'complete'
