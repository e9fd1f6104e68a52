-- Notes the mandate of a helper for an entry that is about to be made, if the helper may have one more.
--
-- KEYS[1]  helpers         hash  helper id -> helper
-- KEYS[2]  mandates        hash  entry id -> mandate
-- KEYS[3]  helper:entries  set   entry ids of this helper
-- ARGV[1]  helper id
-- ARGV[2]  the helper as read: not revoked
-- ARGV[3]  entry id
-- ARGV[4]  mandate
-- ARGV[5]  most entries at once
--
-- Returns 'reserved' | 'full' | 'moved'. Repeating it counts the same entry once.

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 'moved'
end
if redis.call('SISMEMBER', KEYS[3], ARGV[3]) == 0 and redis.call('SCARD', KEYS[3]) >= tonumber(ARGV[5]) then
  return 'full'
end
redis.call('SADD', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
return 'reserved'
