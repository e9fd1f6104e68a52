-- Takes an agent's key away, if it and the key of another who can still make keys are as they were
-- read: so two admins never take each other's away.
--
-- KEYS[1]  agents  hash  key id -> key
-- ARGV[1]  key id
-- ARGV[2]  the key as read
-- ARGV[3]  the key, revoked
-- ARGV[4]  id of the other key; '' where none is needed
-- ARGV[5]  the other key as read
--
-- Returns 'done' | 'moved'

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 'moved'
end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[1], ARGV[4]) ~= ARGV[5] then
  return 'moved'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 'done'
