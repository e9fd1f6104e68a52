-- include list-of-ids
-- Settles a flagged set that did not change meanwhile, and remembers who are different people.
--
-- KEYS[1]  flags          hash  flag id -> flagged set
-- KEYS[2]  open-flags     zset  '<ms>:<flag id>'
-- KEYS[3]  settled-flags  zset  '<ms>:<flag id>'
-- KEYS[4]  different      hash  identity -> identities of other people, spaces between
-- ARGV[1]  flag id
-- ARGV[2]  the set as read
-- ARGV[3]  the set as it shall be
-- ARGV[4]  its member of open-flags
-- ARGV[5]  its member of settled-flags
-- ARGV[6..]  by twos: identities of different people; at most 800 pairs
--
-- Returns 'settled' | 'conflict'

if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 'conflict'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[4])
redis.call('ZADD', KEYS[3], 0, ARGV[5])

local function remember(one, other)
  local ids = redis.call('HGET', KEYS[4], one) or ''
  if #ids < most_ids_length then
    redis.call('HSET', KEYS[4], one, with_id(ids, other))
  end
end
for i = 6, #ARGV, 2 do
  remember(ARGV[i], ARGV[i + 1])
  remember(ARGV[i + 1], ARGV[i])
end
return 'settled'
