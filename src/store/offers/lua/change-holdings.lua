-- include append-leaf
-- include append-event
-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- Changes offers, the entries that hold them and their places together, so that each place has one
-- holder at any moment. Every item is written whole, or not at all when what it was decided on has
-- changed; items do not depend on each other. At most 200 items.
--
-- KEYS[1]  draw         hash    state, json
-- KEYS[2]  draw-number  string  draws frozen so far
-- KEYS[3]  paused       string  the kill switch
-- KEYS[4]  draw:events  list    lines
-- KEYS[5]  draw:offers  hash    entry id -> offer
-- KEYS[6]  entries      hash    entry id -> entry
-- KEYS[7]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[8]  freezing     hash    draw, number, at
-- KEYS[9]  before       hash    entry id -> its state at the freeze
-- KEYS[10] identities   hash    identity -> entry id
-- KEYS[11] draw:places  hash    slot id -> places of this draw nobody holds
-- KEYS[12] places       hash    slot id -> places no draw has taken
-- KEYS[13] deadlines    zset    offer id by answer deadline
-- KEYS[14] reminders    zset    offer id by time of reminder
-- KEYS[15] mail-due     list    message ids
-- KEYS[16] register     list    leaves
-- KEYS[17] draw:index   hash    last rank served of a request type, among its other fields
-- KEYS[18] sit-outs     hash    identity -> what its person sits out
-- KEYS[19] clues        prefix of hashes: clue -> ids of live entries
-- KEYS[20] tallies      hash    word -> how often it happened
-- ARGV[1]  draw id
-- ARGV[2]  state the draw must have
-- ARGV[3]  number of draws there must be
-- ARGV[4]  number of events there must be; '' for any
-- ARGV[5]  'unless_paused' to be refused while paused; '' otherwise
-- ARGV[6]  now, as in the record
-- then 19 arguments for each item:
--   1   entry id
--   2,3 offer it must have ('' for none), offer to write
--   4,5 entry it must be ('' to leave entries alone), entry to write
--   6,7 fields of counts that lose and gain one
--   8   keys to free, '<identity> …|<clue> …'; '' for none
--   9   slot id
--   10  'take' a place of the draw, 'free' one to it, 'return' one to the next draw, or 'keep'
--   11  answer deadline, ms since the epoch; 'none' to remove, '' to leave
--   12  time of the reminder, likewise
--   13  message id; '' for none
--   14  events after their `at` member, one a line; '' for none
--   15  field of the index that keeps the last rank served; '' to leave it
--   16  rank that is served now, and rank in its type: two numbers with a space between
--   17  what the person sits out; '' for none
--   18  the identities that it is noted under, spaces between
--   19  field of tallies that gains one; '' for none
--
-- Returns {'checked', word for each item…} | {'draw_moved'} | {'number_moved'} | {'events_moved'}
--   | {'paused'}. Words: 'written' | 'offer_changed' | 'entry_changed' | 'place_missing'

local draw, draw_number, paused, events, offers = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local entries, counts, freezing, before, identities = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local draw_places, places, deadlines, reminders, mail_due = KEYS[11], KEYS[12], KEYS[13], KEYS[14], KEYS[15]
local register, index, sit_outs, clues, tallies = KEYS[16], KEYS[17], KEYS[18], KEYS[19], KEYS[20]
local draw_id, now = ARGV[1], ARGV[6]

if redis.call('HGET', draw, 'state') ~= ARGV[2] then
  return { 'draw_moved' }
end
if (redis.call('GET', draw_number) or '0') ~= ARGV[3] then
  return { 'number_moved' }
end
if ARGV[4] ~= '' and redis.call('LLEN', events) ~= tonumber(ARGV[4]) then
  return { 'events_moved' }
end
if ARGV[5] == 'unless_paused' and redis.call('EXISTS', paused) == 1 then
  return { 'paused' }
end

local function plan(zset, id, at_ms)
  if at_ms == 'none' then
    redis.call('ZREM', zset, id)
  elseif at_ms ~= '' then
    redis.call('ZADD', zset, at_ms, id)
  end
end

local function move_place(slot, move)
  if move == 'take' then
    if redis.call('HINCRBY', draw_places, slot, -1) == 0 then
      redis.call('HDEL', draw_places, slot)
    end
  elseif move == 'free' then
    redis.call('HINCRBY', draw_places, slot, 1)
  elseif move == 'return' then
    redis.call('HINCRBY', places, slot, 1)
  end
end

local function serve(field, ranks)
  local served = redis.call('HGET', index, field) or '0'
  if tonumber(string.match(ranks, '^%d+')) > tonumber(string.match(served, '^%d+')) then
    redis.call('HSET', index, field, ranks)
  end
end

local function change(first)
  local id, slot, move = ARGV[first], ARGV[first + 8], ARGV[first + 9]
  local old_entry = ARGV[first + 3]
  if (redis.call('HGET', offers, id) or '') ~= ARGV[first + 1] then
    return 'offer_changed'
  end
  if old_entry ~= '' and redis.call('HGET', entries, id) ~= old_entry then
    return 'entry_changed'
  end
  if move == 'take' and tonumber(redis.call('HGET', draw_places, slot) or '0') < 1 then
    return 'place_missing'
  end

  redis.call('HSET', offers, id, ARGV[first + 2])
  if old_entry ~= '' then
    local new_entry, from, to = ARGV[first + 4], ARGV[first + 5], ARGV[first + 6]
    write_entry(entries, counts, freezing, before, id, old_entry, new_entry, from, to)
    release_keys(identities, clues, ARGV[first + 7], id)
  end
  if ARGV[first + 16] ~= '' then
    for identity in string.gmatch(ARGV[first + 17], '%S+') do
      redis.call('HSET', sit_outs, identity, ARGV[first + 16])
    end
  end
  move_place(slot, move)
  local offer_id = draw_id .. '.' .. id
  plan(deadlines, offer_id, ARGV[first + 10])
  plan(reminders, offer_id, ARGV[first + 11])
  if ARGV[first + 12] ~= '' then
    redis.call('RPUSH', mail_due, ARGV[first + 12])
  end
  if ARGV[first + 18] ~= '' then
    redis.call('HINCRBY', tallies, ARGV[first + 18], 1)
  end
  for event in string.gmatch(ARGV[first + 13], '[^\n]+') do
    append_event(events, register, draw_id, now, event)
  end
  if ARGV[first + 14] ~= '' then
    serve(ARGV[first + 14], ARGV[first + 15])
  end
  return 'written'
end

local reply = { 'checked' }
for first = 7, #ARGV, 19 do
  reply[#reply + 1] = change(first)
end
return reply
