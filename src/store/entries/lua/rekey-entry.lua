-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- Gives an entry identities and clues made by another key, if it did not change meanwhile. What is
-- stored by identity goes with them.
--
-- KEYS[1]  entries     hash    entry id -> entry
-- KEYS[2]  identities  hash    identity -> entry id, live entries only
-- KEYS[3]  counts      hash    `<state>:<request type>` -> entries
-- KEYS[4]  freezing    hash    exists while a freeze is under way
-- KEYS[5]  before      hash    entry id -> its state at the freeze
-- KEYS[6]  clues       prefix  of hashes: clue -> ids of live entries that have it, spaces between
-- KEYS[7]  suspensions  hash    identity -> what its person sits out
-- KEYS[8]  different   hash    identity -> identities of other people, spaces between
-- ARGV[1]  id          entry id
-- ARGV[2]  old         the entry as read
-- ARGV[3]  new         the entry as it shall be
-- ARGV[4]  held        identities and clues to free, '<identity> …|<clue> …'; '' if it is not live
-- ARGV[5]  taken       identities to take, spaces between; '' if it is not live
-- ARGV[6]  own_clues   clues to take, spaces between; '' if it is not live
-- ARGV[7…] renamed     at most 24 identities, each in JSON:
--   .from
--   .to
--
-- Returns 'done' | 'conflict' | 'taken': another live entry has one of the identities

if redis.call('HGET', entries, id) ~= old then
  return 'conflict'
end
for identity in string.gmatch(taken, '%S+') do
  local other = redis.call('HGET', identities, identity)
  if other and other ~= id then
    return 'taken'
  end
end

write_entry(entries, counts, freezing, before, id, old, new, '', '')
release_keys(identities, clues, held, id)
for identity in string.gmatch(taken, '%S+') do
  redis.call('HSET', identities, identity, id)
end
for clue in string.gmatch(own_clues, '%S+') do
  set_ids_with(clues, clue, with_id(ids_with(clues, clue), id))
end

for _, identity in ipairs(renamed) do
  local suspension = redis.call('HGET', suspensions, identity.from)
  if suspension then
    redis.call('HDEL', suspensions, identity.from)
    redis.call('HSETNX', suspensions, identity.to, suspension)
  end
  local others = redis.call('HGET', different, identity.from) or ''
  for other in string.gmatch(others, '%S+') do
    local theirs = without_id(redis.call('HGET', different, other) or '', identity.from)
    redis.call('HSET', different, other, with_id(theirs, identity.to))
  end
  if others ~= '' then
    redis.call('HDEL', different, identity.from)
    redis.call('HSET', different, identity.to, others)
  end
end
return 'done'
