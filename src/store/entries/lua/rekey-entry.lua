-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- Gives an entry identities and clues made by another key, if it did not change meanwhile. What is
-- stored by identity goes with them.
--
-- KEYS[1]  entries     hash  entry id -> entry
-- KEYS[2]  identities  hash  identity -> entry id, live entries only
-- KEYS[3]  counts      hash
-- KEYS[4]  freezing    hash  exists while a freeze is under way
-- KEYS[5]  before      hash  overlay of the freeze
-- KEYS[6]  clues       prefix of hashes: clue -> ids of live entries that have it, spaces between
-- KEYS[7]  sit-outs    hash  identity -> what its person sits out
-- KEYS[8]  different   hash  identity -> identities of other people, spaces between
-- ARGV[1]  entry id
-- ARGV[2]  the entry as read
-- ARGV[3]  the entry as it shall be
-- ARGV[4]  identities and clues to free, '<identity> …|<clue> …'; '' if it is not live
-- ARGV[5]  identities to take, spaces between; '' if it is not live
-- ARGV[6]  clues to take, spaces between; '' if it is not live
-- ARGV[7…] by twos: an identity, and what it becomes; at most 4 of them
--
-- Returns 'done' | 'conflict' | 'taken': another live entry has one of the identities

local entries, identities, clues, sit_outs, different = KEYS[1], KEYS[2], KEYS[6], KEYS[7], KEYS[8]
local id = ARGV[1]
if redis.call('HGET', entries, id) ~= ARGV[2] then
  return 'conflict'
end
for identity in string.gmatch(ARGV[5], '%S+') do
  local other = redis.call('HGET', identities, identity)
  if other and other ~= id then
    return 'taken'
  end
end

write_entry(entries, KEYS[3], KEYS[4], KEYS[5], id, ARGV[2], ARGV[3], '', '')
release_keys(identities, clues, ARGV[4], id)
for identity in string.gmatch(ARGV[5], '%S+') do
  redis.call('HSET', identities, identity, id)
end
for clue in string.gmatch(ARGV[6], '%S+') do
  set_ids_with(clues, clue, with_id(ids_with(clues, clue), id))
end

for i = 7, #ARGV, 2 do
  local old, new = ARGV[i], ARGV[i + 1]
  local sit_out = redis.call('HGET', sit_outs, old)
  if sit_out then
    redis.call('HDEL', sit_outs, old)
    redis.call('HSETNX', sit_outs, new, sit_out)
  end
  local others = redis.call('HGET', different, old) or ''
  for other in string.gmatch(others, '%S+') do
    local theirs = without_id(redis.call('HGET', different, other) or '', old)
    redis.call('HSET', different, other, with_id(theirs, new))
  end
  if others ~= '' then
    redis.call('HDEL', different, old)
    redis.call('HSET', different, new, others)
  end
end
return 'done'
