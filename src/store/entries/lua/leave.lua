-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- include forget-identities
-- include append-leaf
-- include append-event
-- Takes an entry off the waitlist for good. If it was in the pool of the draw in progress or of the one
-- whose reserve list is in use, or holds a place of an earlier one, that draw's record says so, and the
-- place is free again.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[4]  freezing     hash    exists while a freeze is under way
-- KEYS[5]  before       hash    entry id -> its state at the freeze
-- KEYS[6]  draw_number  string  draws frozen so far
-- KEYS[7]  active_draw  string  draw id
-- KEYS[8]  reserves     hash    request type -> draw id
-- KEYS[9]  free_places  hash    slot id -> places that no draw has
-- KEYS[10] deadlines    zset    offer ids
-- KEYS[11] reminders    zset    offer ids
-- KEYS[12] draw         hash    the draw whose record is concerned; not used without an event
-- KEYS[13] draw_events  list    of that draw
-- KEYS[14] draw_places  hash    of that draw
-- KEYS[15] draw_offers  hash    of that draw: entry id -> offer
-- KEYS[16] register     list    leaves
-- KEYS[17] clues        prefix  of hashes: clue -> ids of live entries
-- KEYS[18] mail_due     list    message ids
-- KEYS[19] different    hash    identity -> identities of other people, spaces between
-- KEYS[20] suspensions  hash    identity -> what its person sits out
-- KEYS[21] closed_slots  hash  slot id -> closure and cause: it has no places any more
-- KEYS[22…] gone        hash    at most 10, by entry id: a field goes with an entry that is erased
-- ARGV[1]  id           entry id
-- ARGV[2]  old          the entry as read
-- ARGV[3]  new          the entry as it shall be
-- ARGV[4]  number       draw number as read
-- ARGV[5]  active       active draw as read; '' if none
-- ARGV[6]  request_type  of the entry
-- ARGV[7]  reserve      draw whose reserve list serves that type, as read; '' if none
-- ARGV[8]  from         field of counts it leaves
-- ARGV[9]  to           field of counts it joins
-- ARGV[10] held         keys to free, '<identity> …|<clue> …'; '' if it holds none
-- ARGV[11] now          `YYYY-MM-DDTHH:MM:SSZ`
-- ARGV[12] event        event line after its `at`; '' if no record is concerned
-- ARGV[13] offer_id     '' if it holds none
-- ARGV[14] offer_old    the offer as read
-- ARGV[15] offer_new    the offer as it shall be
-- ARGV[16] slot         slot whose places are freed
-- ARGV[17] places       how many
-- ARGV[18] draw_id      id of that draw
-- ARGV[19] state        of that draw, as read
-- ARGV[20] ended        request types that have ended there, as read, spaces between
-- ARGV[21] freed        where they go: 'free' to that draw, 'return' to the next; '' if it holds none
-- ARGV[22] forgotten    identities to forget altogether, spaces between; '' for none
-- ARGV[23] suspension   what the person sits out; '' for none
-- ARGV[24] suspended    the identities that it is noted under, spaces between
-- ARGV[25] draw_count   field of the draw that gains one with the event; '' for none
-- ARGV[26…] messages    at most 100, by id
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', entries, id) ~= old then
  return 'conflict'
end
if (redis.call('GET', draw_number) or '0') ~= number or (redis.call('GET', active_draw) or '') ~= active then
  return 'conflict'
end
if (redis.call('HGET', reserves, request_type) or '') ~= reserve then
  return 'conflict'
end
if offer_id ~= '' and redis.call('HGET', draw_offers, id) ~= offer_old then
  return 'conflict'
end
-- Where the place goes, and what giving it up costs, was decided by these.
if draw_id ~= '' then
  if redis.call('HGET', draw, 'state') ~= state or (redis.call('HGET', draw, 'ended') or '') ~= ended then
    return 'conflict'
  end
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
-- Nothing may follow `void` in a record.
if event ~= '' and state ~= 'void' then
  append_event(draw_events, register, draw_id, now, event)
  if draw_count ~= '' then
    redis.call('HINCRBY', draw, draw_count, 1)
  end
end
if offer_id ~= '' then
  redis.call('HSET', draw_offers, id, offer_new)
  redis.call('ZREM', deadlines, offer_id)
  redis.call('ZREM', reminders, offer_id)
  if redis.call('HEXISTS', closed_slots, slot) == 0 then
    redis.call('HINCRBY', freed == 'return' and free_places or draw_places, slot, places)
  end
end
return 'done'
