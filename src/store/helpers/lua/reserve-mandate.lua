-- Notes the mandate of a helper for an entry that is about to be made, if the helper may have one more.
--
-- KEYS[1]  helpers         hash  helper id -> helper
-- KEYS[2]  mandates        hash  entry id -> mandate
-- KEYS[3]  helper_entries  set   entry ids of this helper
-- ARGV[1]  helper_id
-- ARGV[2]  helper          as read: not revoked
-- ARGV[3]  entry_id
-- ARGV[4]  mandate
-- ARGV[5]  cap             most entries at once
--
-- Returns 'done' | 'full' | 'conflict'. Repeating it counts the same entry once.

if redis.call('HGET', helpers, helper_id) ~= helper then
  return 'conflict'
end
local has = redis.call('SISMEMBER', helper_entries, entry_id) == 1
if not has and redis.call('SCARD', helper_entries) >= tonumber(cap) then
  return 'full'
end
redis.call('SADD', helper_entries, entry_id)
redis.call('HSET', mandates, entry_id, mandate)
return 'done'
