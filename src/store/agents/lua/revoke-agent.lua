-- Takes an agent's key away, if it and the key of another who can still make keys are as they were
-- read: so two admins never take each other's away.
--
-- KEYS[1]  agents  hash  key id -> key
-- ARGV[1]  id            key id
-- ARGV[2]  before        the key as read
-- ARGV[3]  after         the key, revoked
-- ARGV[4]  other         id of the other key; '' where none is needed
-- ARGV[5]  other_before  the other key as read
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', agents, id) ~= before then
  return 'conflict'
end
if other ~= '' and redis.call('HGET', agents, other) ~= other_before then
  return 'conflict'
end
redis.call('HSET', agents, id, after)
return 'done'
