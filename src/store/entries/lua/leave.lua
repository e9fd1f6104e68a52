-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- include forget-identities
-- include append-leaf
-- include append-event
-- Takes an entry off the waitlist for good. If it was in the pool of the draw in progress, or holds
-- a place of an earlier one, that draw's record says so, and the place is free again.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[4]  freezing     hash    exists while a freeze is under way
-- KEYS[5]  before       hash    entry id -> its state at the freeze
-- KEYS[6]  draw_number  string  draws frozen so far
-- KEYS[7]  active_draw  string  draw id
-- KEYS[8]  free_places  hash    slot id -> places that no draw has
-- KEYS[9]  deadlines    zset    offer ids
-- KEYS[10] reminders    zset    offer ids
-- KEYS[11] draw         hash    the draw whose record is concerned; not used without an event
-- KEYS[12] draw_events  list    of that draw
-- KEYS[13] draw_places  hash    of that draw
-- KEYS[14] draw_offers  hash    of that draw: entry id -> offer
-- KEYS[15] register     list    leaves
-- KEYS[16] clues        prefix  of hashes: clue -> ids of live entries
-- KEYS[17] mail_due     list    message ids
-- KEYS[18] different    hash    identity -> identities of other people, spaces between
-- KEYS[19] suspensions  hash    identity -> what its person sits out
-- KEYS[20] closed_slots  hash  slot id -> closure and cause: it has no places any more
-- KEYS[21…] gone        hash    at most 10, by entry id: a field goes with an entry that is erased
-- ARGV[1]  id           entry id
-- ARGV[2]  old          the entry as read
-- ARGV[3]  new          the entry as it shall be
-- ARGV[4]  number       draw number as read
-- ARGV[5]  active       active draw as read; '' if none
-- ARGV[6]  from         field of counts it leaves
-- ARGV[7]  to           field of counts it joins
-- ARGV[8]  held         keys to free, '<identity> …|<clue> …'; '' if it holds none
-- ARGV[9]  now          `YYYY-MM-DDTHH:MM:SSZ`
-- ARGV[10] event        event line after its `at`; '' if no record is concerned
-- ARGV[11] offer_id     '' if it holds none
-- ARGV[12] offer_old    the offer as read
-- ARGV[13] offer_new    the offer as it shall be
-- ARGV[14] slot         slot whose places are freed
-- ARGV[15] places       how many
-- ARGV[16] draw_id      id of that draw
-- ARGV[17] forgotten    identities to forget altogether, spaces between; '' for none
-- ARGV[18] suspension   what the person sits out; '' for none
-- ARGV[19] suspended    the identities that it is noted under, spaces between
-- ARGV[20…] messages    at most 100, by id
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', entries, id) ~= old then
  return 'conflict'
end
if (redis.call('GET', draw_number) or '0') ~= number or (redis.call('GET', active_draw) or '') ~= active then
  return 'conflict'
end
if offer_id ~= '' and redis.call('HGET', draw_offers, id) ~= offer_old then
  return 'conflict'
end
-- Whoever gives up what a void draw takes back sits out nothing: to be decided again.
if suspension ~= '' and redis.call('HGET', draw, 'state') == 'void' then
  return 'conflict'
end

write_entry(entries, counts, freezing, before, id, old, new, from, to)
release_keys(identities, clues, held, id)
forget_identities(different, forgotten)
for identity in string.gmatch(suspended, '%S+') do
  redis.call('HSET', suspensions, identity, suspension)
end
for _, hash in ipairs(gone) do
  redis.call('HDEL', hash, id)
end
if #messages > 0 then
  redis.call('RPUSH', mail_due, unpack(messages))
end
local state = event ~= '' and redis.call('HGET', draw, 'state')
-- Nothing may follow `void` in a record.
if event ~= '' and state ~= 'void' then
  append_event(draw_events, register, draw_id, now, event)
end
if offer_id ~= '' then
  redis.call('HSET', draw_offers, id, offer_new)
  redis.call('ZREM', deadlines, offer_id)
  redis.call('ZREM', reminders, offer_id)
  local settled = state == 'closed' or state == 'void'
  if redis.call('HEXISTS', closed_slots, slot) == 0 then
    redis.call('HINCRBY', settled and free_places or draw_places, slot, places)
  end
end
return 'done'
