-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include take-keys
-- include release-keys
-- Replaces an entry by one of other people, if neither it nor the number of draws changed meanwhile:
-- with at most one live entry per identity. Repeating it conflicts, and is decided again.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[4]  mail_due     list    message ids
-- KEYS[5]  freezing     hash    exists while a freeze is under way
-- KEYS[6]  before       hash    entry id -> its state at the freeze
-- KEYS[7]  draw_number  string  draws frozen so far
-- KEYS[8]  clues        prefix  of hashes: clue -> ids of live entries
-- KEYS[9]  to_check     zset    ids of entries to check in the registry of documents, by time
-- KEYS[10] partings     set     ids of entries of which somebody goes on alone later
-- ARGV[1]  id           entry id
-- ARGV[2]  old          the entry as read
-- ARGV[3]  new          the entry as it shall be
-- ARGV[4]  number       draw number as read
-- ARGV[5]  freed        keys to free, '<identity> …|<clue> …'; '' for none
-- ARGV[6]  taken        identities to take, spaces between
-- ARGV[7]  former       identities that must be free as well: the same by former keys
-- ARGV[8]  own_clues    clues to take, spaces between
-- ARGV[9]  check_at_ms  when to check in the registry, ms since the epoch; '' for never
-- ARGV[10] parting      '1': somebody goes on alone later; '' otherwise
-- ARGV[11…] messages    at most 100, by id
--
-- Returns { 'done' | 'conflict', '', '' }
--      or { 'taken', ids of the entries that have the identities, spaces between, the first of these identities }

if redis.call('HGET', entries, id) ~= old then
  return { 'conflict', '', '' }
end
if (redis.call('GET', draw_number) or '0') ~= number then
  return { 'conflict', '', '' }
end
local others, first = holders_of(identities, taken .. ' ' .. former)
if others ~= '' then
  return { 'taken', others, first }
end

write_entry(entries, counts, freezing, before, id, old, new, '', '')
release_keys(identities, clues, freed, id)
take_keys(identities, clues, taken, own_clues, id)
if check_at_ms ~= '' then
  redis.call('ZADD', to_check, check_at_ms, id)
end
redis.call(parting == '' and 'SREM' or 'SADD', partings, id)
if #messages > 0 then
  redis.call('RPUSH', mail_due, unpack(messages))
end
return { 'done', '', '' }
