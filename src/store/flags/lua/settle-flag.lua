-- include list-of-ids
-- Settles a flagged set that did not change meanwhile, and remembers who are different people.
--
-- KEYS[1]  flags           hash  flag id -> flagged set
-- KEYS[2]  open_flags      zset  '<ms>:<flag id>'
-- KEYS[3]  settled_flags   zset  '<ms>:<flag id>'
-- KEYS[4]  different       hash  identity -> identities of other people, spaces between
-- ARGV[1]  id              flag id
-- ARGV[2]  before          the set as read
-- ARGV[3]  after           the set as it shall be
-- ARGV[4]  open_member     its member of open_flags
-- ARGV[5]  settled_member  its member of settled_flags
-- ARGV[6…] pairs_apart     at most 800 pairs of identities of different people, each in JSON:
--   .one
--   .other
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', flags, id) ~= before then
  return 'conflict'
end
redis.call('HSET', flags, id, after)
redis.call('ZREM', open_flags, open_member)
redis.call('ZADD', settled_flags, 0, settled_member)

local function remember(one, other)
  local ids = redis.call('HGET', different, one) or ''
  if #ids < most_ids_length then
    redis.call('HSET', different, one, with_id(ids, other))
  end
end
for _, pair in ipairs(pairs_apart) do
  remember(pair.one, pair.other)
  remember(pair.other, pair.one)
end
return 'done'
