-- include append-leaf
-- include append-event
-- include write-entry
-- include list-of-ids
-- include clue-buckets
-- include release-keys
-- Changes offers, the entries that hold them and their places together, so that each place has one
-- holder at any moment. Every change is written whole, or not at all when what it was decided on has
-- changed; changes do not depend on each other.
--
-- KEYS[1]  draw         hash    state, json, ended, acts:<what>
-- KEYS[2]  draw_number  string  draws frozen so far
-- KEYS[3]  paused       string  the kill switch
-- KEYS[4]  events       list    lines
-- KEYS[5]  offers       hash    entry id -> offer
-- KEYS[6]  entries      hash    entry id -> entry
-- KEYS[7]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[8]  freezing     hash    draw, number, at
-- KEYS[9]  before       hash    entry id -> its state at the freeze
-- KEYS[10] identities   hash    identity -> entry id
-- KEYS[11] draw_places  hash    slot id -> places of this draw nobody holds
-- KEYS[12] places       hash    slot id -> places no draw has taken
-- KEYS[13] deadlines    zset    offer id by answer deadline
-- KEYS[14] reminders    zset    offer id by time of reminder
-- KEYS[15] mail_due     list    message ids
-- KEYS[16] register     list    leaves
-- KEYS[17] index        hash    last rank served of a request type, among its other fields
-- KEYS[18] suspensions  hash    identity -> what its person sits out
-- KEYS[19] clues        prefix  of hashes: clue -> ids of live entries
-- KEYS[20] tallies      hash    word -> how often it happened
-- KEYS[21] closed_slots  hash  slot id -> closure and cause
-- KEYS[22] draw_closed  hash   slot id -> the record says that it is closed
-- KEYS[23] closure_counts  hash  `<closure>:<what>` -> how many were taken back
-- ARGV[1]  draw_id
-- ARGV[2]  state        that the draw must have
-- ARGV[3]  ended        request types that must have ended, spaces between
-- ARGV[4]  number       draws that there must be
-- ARGV[5]  event_count  events that there must be; '' for any
-- ARGV[6]  when_paused  'refuse' while paused; '' to go on
-- ARGV[7]  now          as in the record
-- ARGV[8…] changes      at most 100, each in JSON:
--   .id             entry id
--   .offer_old?     the offer as read; absent: there must be none
--   .offer_new      offer to write
--   .entry_old?     the entry as read; absent: entries are left alone
--   .entry_new?     entry to write
--   .from?          field of counts that loses one
--   .to?            field of counts that gains one
--   .held?          keys to free, '<identity> …|<clue> …'
--   .slot           slot id
--   .places         how many are moved
--   .move           'take' places of the draw, 'free' them to it, 'return' them to the next, or 'keep'
--   .closed         whether the slot 'must', 'may' or must 'not' be closed
--   .closing?       line of the record that says so, unless it does already
--   .deadline?      answer deadline, ms since the epoch; 'none' to remove
--   .reminder?      time of the reminder, likewise
--   .message?       message id
--   .events         lines of the record after their `at` member
--   .served_field?  field of the index that keeps the last rank served
--   .served?        rank that is served now, and rank in its type: two numbers with a space between
--   .suspension?    what the person sits out
--   .suspended?     the identities that it is noted under
--   .tally?         field of tallies that gains one
--   .draw_counts?   fields of the draw that gain one each
--   .counted?       field of closure_counts that gains one
--   .people?        field of closure_counts that gains as many as there are places
--
-- Returns {'done', word for each change…} | {'conflict'} | {'events_moved'} | {'paused'}. Words:
--   'done' | 'conflict' | 'place_missing' | 'slot_closed'

if redis.call('HGET', draw, 'state') ~= state then
  return { 'conflict' }
end
if (redis.call('HGET', draw, 'ended') or '') ~= ended then
  return { 'conflict' }
end
if (redis.call('GET', draw_number) or '0') ~= number then
  return { 'conflict' }
end
if event_count ~= '' and redis.call('LLEN', events) ~= tonumber(event_count) then
  return { 'events_moved' }
end
if when_paused == 'refuse' and redis.call('EXISTS', paused) == 1 then
  return { 'paused' }
end

-- Written in one command each at the end, for they are the same for most changes: messages, by how
-- much fields of counts change, and times to add to a zset, a score before each id.
local messages, shifts, times = {}, {}, {}

local function shift(field, by)
  if field then
    shifts[field] = (shifts[field] or 0) + by
  end
end

local function plan(zset, id, at_ms)
  if at_ms == 'none' then
    redis.call('ZREM', zset, id)
  elseif at_ms then
    local scores = times[zset] or {}
    scores[#scores + 1] = at_ms
    scores[#scores + 1] = id
    times[zset] = scores
  end
end

local function move_places(slot, move, count)
  if move == 'take' then
    if redis.call('HINCRBY', draw_places, slot, -count) == 0 then
      redis.call('HDEL', draw_places, slot)
    end
  elseif move == 'free' then
    redis.call('HINCRBY', draw_places, slot, count)
  elseif move == 'return' then
    redis.call('HINCRBY', places, slot, count)
  end
end

local function is_told_apart(change)
  if change.closed == 'may' then
    return true
  end
  return (redis.call('HEXISTS', closed_slots, change.slot) == 1) == (change.closed == 'must')
end

local function serve(field, ranks)
  local served = redis.call('HGET', index, field) or '0'
  if tonumber(string.match(ranks, '^%d+')) > tonumber(string.match(served, '^%d+')) then
    redis.call('HSET', index, field, ranks)
  end
end

local function change_entry(id, change)
  write_entry(entries, counts, freezing, before, id, change.entry_old, change.entry_new, '', '')
  shift(change.from, -1)
  shift(change.to, 1)
  release_keys(identities, clues, change.held or '', id)
end

local function write(change)
  local id = change.id
  if (redis.call('HGET', offers, id) or nil) ~= change.offer_old then
    return 'conflict'
  end
  if change.entry_old and redis.call('HGET', entries, id) ~= change.entry_old then
    return 'conflict'
  end
  if not is_told_apart(change) then
    return 'slot_closed'
  end
  local idle = change.move == 'take' and redis.call('HGET', draw_places, change.slot) or '0'
  if change.move == 'take' and tonumber(idle) < change.places then
    return 'place_missing'
  end

  redis.call('HSET', offers, id, change.offer_new)
  if change.entry_old then
    change_entry(id, change)
  end
  for _, identity in ipairs(change.suspended or {}) do
    redis.call('HSET', suspensions, identity, change.suspension)
  end
  move_places(change.slot, change.move, change.places)
  local offer_id = draw_id .. '.' .. id
  plan(deadlines, offer_id, change.deadline)
  plan(reminders, offer_id, change.reminder)
  if change.message then
    messages[#messages + 1] = change.message
  end
  if change.tally then
    redis.call('HINCRBY', tallies, change.tally, 1)
  end
  for _, field in ipairs(change.draw_counts or {}) do
    redis.call('HINCRBY', draw, field, 1)
  end
  if change.closing and redis.call('HSETNX', draw_closed, change.slot, '1') == 1 then
    append_event(events, register, draw_id, now, change.closing)
  end
  if change.counted then
    redis.call('HINCRBY', closure_counts, change.counted, 1)
    redis.call('HINCRBY', closure_counts, change.people, change.places)
  end
  for _, event in ipairs(change.events) do
    append_event(events, register, draw_id, now, event)
  end
  if change.served_field then
    serve(change.served_field, change.served)
  end
  return 'done'
end

local reply = { 'done' }
for _, change in ipairs(changes) do
  reply[#reply + 1] = write(change)
end
if #messages > 0 then
  redis.call('RPUSH', mail_due, unpack(messages))
end
for zset, scores in pairs(times) do
  redis.call('ZADD', zset, unpack(scores))
end
for field, by in pairs(shifts) do
  if by ~= 0 and redis.call('HINCRBY', counts, field, by) == 0 then
    redis.call('HDEL', counts, field)
  end
end
return reply
