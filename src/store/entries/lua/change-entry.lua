-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- Replaces an entry if neither it nor the number of draws changed meanwhile.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash
-- KEYS[4]  mail-due     list    message ids
-- KEYS[5]  freezing     hash    exists while a freeze is under way
-- KEYS[6]  before       hash    overlay of the freeze
-- KEYS[7]  draw-number  string
-- KEYS[8]  clues        prefix of hashes: clue -> ids of live entries
-- ARGV[1]  entry id
-- ARGV[2]  the entry as read
-- ARGV[3]  the entry as it shall be
-- ARGV[4]  draw number as read
-- ARGV[5]  field of counts it leaves
-- ARGV[6]  field of counts it joins
-- ARGV[7]  keys to free, '<identity> …|<clue> …'; '' if the entry stays live
-- ARGV[8..]  ids of messages to send
--
-- Returns 'changed' | 'conflict'

local id = ARGV[1]
if redis.call('HGET', KEYS[1], id) ~= ARGV[2] then
  return 'conflict'
end
if (redis.call('GET', KEYS[7]) or '0') ~= ARGV[4] then
  return 'conflict'
end

write_entry(KEYS[1], KEYS[3], KEYS[5], KEYS[6], id, ARGV[2], ARGV[3], ARGV[5], ARGV[6])
release_keys(KEYS[2], KEYS[8], ARGV[7], id)
if ARGV[8] then
  redis.call('RPUSH', KEYS[4], unpack(ARGV, 8))
end
return 'changed'
