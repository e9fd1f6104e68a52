-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- Replaces an entry if neither it nor the number of draws changed meanwhile.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[4]  mail_due     list    message ids
-- KEYS[5]  freezing     hash    exists while a freeze is under way
-- KEYS[6]  before       hash    entry id -> its state at the freeze
-- KEYS[7]  draw_number  string  draws frozen so far
-- KEYS[8]  clues        prefix  of hashes: clue -> ids of live entries
-- ARGV[1]  id           entry id
-- ARGV[2]  old          the entry as read
-- ARGV[3]  new          the entry as it shall be
-- ARGV[4]  number       draw number as read
-- ARGV[5]  from         field of counts it leaves
-- ARGV[6]  to           field of counts it joins
-- ARGV[7]  held         keys to free, '<identity> …|<clue> …'; '' if the entry stays live
-- ARGV[8…] messages     at most 100, by id
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', entries, id) ~= old then
  return 'conflict'
end
if (redis.call('GET', draw_number) or '0') ~= number then
  return 'conflict'
end

write_entry(entries, counts, freezing, before, id, old, new, from, to)
release_keys(identities, clues, held, id)
if #messages > 0 then
  redis.call('RPUSH', mail_due, unpack(messages))
end
return 'done'
