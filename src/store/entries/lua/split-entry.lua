-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include take-keys
-- include release-keys
-- include append-leaf
-- Makes two entries of one: somebody leaves a party and goes on alone, with its missed draws, which
-- the public register says in the same step. If neither the entry nor the number of draws changed
-- meanwhile; repeating it conflicts, and is decided again.
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
-- KEYS[11] register     list    leaves
-- ARGV[1]  id           entry id
-- ARGV[2]  old          the entry as read
-- ARGV[3]  new          the entry as it shall be
-- ARGV[4]  number       draw number as read
-- ARGV[5]  freed        keys to free, '<identity> …|<clue> …'
-- ARGV[6]  to           id of the new entry
-- ARGV[7]  entry        the new entry
-- ARGV[8]  count        field of counts of the new entry
-- ARGV[9]  taken        its identities, which were among those of the first, spaces between
-- ARGV[10] own_clues    its clues, spaces between
-- ARGV[11] check_at_ms  when to check it in the registry, ms since the epoch; '' for never
-- ARGV[12] leaf         of the register; '' for none
-- ARGV[13…] messages    at most 100, by id
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', entries, id) ~= old then
  return 'conflict'
end
if (redis.call('GET', draw_number) or '0') ~= number or redis.call('HEXISTS', entries, to) == 1 then
  return 'conflict'
end

write_entry(entries, counts, freezing, before, id, old, new, '', '')
write_entry(entries, counts, freezing, before, to, '', entry, '', count)
release_keys(identities, clues, freed, id)
take_keys(identities, clues, taken, own_clues, to)
if check_at_ms ~= '' then
  redis.call('ZADD', to_check, check_at_ms, to)
end
redis.call('SREM', partings, id)
append_leaf(register, leaf)
if #messages > 0 then
  redis.call('RPUSH', mail_due, unpack(messages))
end
return 'done'
