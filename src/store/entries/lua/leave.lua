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
-- KEYS[1]   entries      hash    entry id -> entry
-- KEYS[2]   identities   hash    identity -> entry id, live entries only
-- KEYS[3]   counts       hash
-- KEYS[4]   freezing     hash    exists while a freeze is under way
-- KEYS[5]   before       hash    overlay of the freeze
-- KEYS[6]   draw-number  string
-- KEYS[7]   active-draw  string
-- KEYS[8]   places       hash    slot id -> places that no draw has
-- KEYS[9]   deadlines    zset    offer ids
-- KEYS[10]  reminders    zset    offer ids
-- KEYS[11]  draw         hash    the draw whose record is concerned; not used if ARGV[10] is ''
-- KEYS[12]  draw events  list    of that draw
-- KEYS[13]  draw places  hash    of that draw
-- KEYS[14]  draw offers  hash    of that draw: entry id -> offer
-- KEYS[15]  register     list    leaves
-- KEYS[16]  clues        prefix of hashes: clue -> ids of live entries
-- KEYS[17]  mail-due     list    message ids
-- KEYS[18]  different    hash    identity -> identities of other people, spaces between
-- KEYS[19]  sit-outs     hash    identity -> what its person sits out
-- KEYS[20…] hashes by entry id whose field goes with the entry; none unless it is erased
-- ARGV[1]   entry id
-- ARGV[2]   the entry as read
-- ARGV[3]   the entry as it shall be
-- ARGV[4]   draw number as read
-- ARGV[5]   active draw as read; '' if none
-- ARGV[6]   field of counts it leaves
-- ARGV[7]   field of counts it joins
-- ARGV[8]   keys to free, '<identity> …|<clue> …'; '' if it holds none
-- ARGV[9]   now, `YYYY-MM-DDTHH:MM:SSZ`
-- ARGV[10]  event line after its `at`; '' if no record is concerned
-- ARGV[11]  offer id; '' if it holds none
-- ARGV[12]  the offer as read
-- ARGV[13]  the offer as it shall be
-- ARGV[14]  slot whose place is freed
-- ARGV[15]  id of that draw
-- ARGV[16]  identities to forget altogether, spaces between; '' for none
-- ARGV[17]  what the person sits out; '' for none
-- ARGV[18]  the identities that it is noted under, spaces between
-- ARGV[19..]  ids of messages to send
--
-- Returns 'left' | 'conflict'

local id, event, offer_id = ARGV[1], ARGV[10], ARGV[11]
if redis.call('HGET', KEYS[1], id) ~= ARGV[2] then
  return 'conflict'
end
if (redis.call('GET', KEYS[6]) or '0') ~= ARGV[4] or (redis.call('GET', KEYS[7]) or '') ~= ARGV[5] then
  return 'conflict'
end
if offer_id ~= '' and redis.call('HGET', KEYS[14], id) ~= ARGV[12] then
  return 'conflict'
end
-- Whoever gives up what a void draw takes back sits out nothing: to be decided again.
if ARGV[17] ~= '' and redis.call('HGET', KEYS[11], 'state') == 'void' then
  return 'conflict'
end

write_entry(KEYS[1], KEYS[3], KEYS[4], KEYS[5], id, ARGV[2], ARGV[3], ARGV[6], ARGV[7])
release_keys(KEYS[2], KEYS[16], ARGV[8], id)
forget_identities(KEYS[18], ARGV[16])
for identity in string.gmatch(ARGV[18], '%S+') do
  redis.call('HSET', KEYS[19], identity, ARGV[17])
end
for at = 20, #KEYS do
  redis.call('HDEL', KEYS[at], id)
end
if ARGV[19] then
  redis.call('RPUSH', KEYS[17], unpack(ARGV, 19))
end
local state = event ~= '' and redis.call('HGET', KEYS[11], 'state')
-- Nothing may follow `void` in a record.
if event ~= '' and state ~= 'void' then
  append_event(KEYS[12], KEYS[15], ARGV[15], ARGV[9], event)
end
if offer_id ~= '' then
  redis.call('HSET', KEYS[14], id, ARGV[13])
  redis.call('ZREM', KEYS[9], offer_id)
  redis.call('ZREM', KEYS[10], offer_id)
  local settled = state == 'closed' or state == 'void'
  redis.call('HINCRBY', settled and KEYS[8] or KEYS[13], ARGV[14], 1)
end
return 'left'
