-- include write-entry
-- include guard
-- include list-of-ids
-- include clue-buckets
-- Adds an entry: at most one live entry per identity, at most one per Idempotency-Key. What other
-- live entries have in common with it must be what the caller has seen.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash
-- KEYS[4]  mail-due     list    message ids
-- KEYS[5]  freezing     hash    exists while a freeze is under way
-- KEYS[6]  before       hash    overlay of the freeze
-- KEYS[7]  draw-number  string
-- KEYS[8]  idempotency  string  '<fingerprint> <entry id>'; not used if ARGV[6] is ''
-- KEYS[9]  clues        prefix of hashes: clue -> ids of live entries that have it, spaces between
-- KEYS[10] flags        hash    flag id -> flagged set; its id is that of the entry
-- KEYS[11] open-flags   zset    '<ms>:<flag id>'
-- KEYS[12] to-check     zset    ids of entries to check in the registry of documents, by time
-- KEYS[13] work-spent   string  entry the proof of work was handed in for; not used if ARGV[15] is ''
-- KEYS[14..] counters   string  messages to each mailbox this hour; not used if ARGV[16] is ''
-- ARGV[1]  entry id
-- ARGV[2]  entry
-- ARGV[3]  identities to take, spaces between; at most 4
-- ARGV[4]  field of counts
-- ARGV[5]  draw number the entry was made for; '' if it does not wait yet
-- ARGV[6]  fingerprint of the request; '' without an Idempotency-Key
-- ARGV[7]  seconds to remember the fingerprint
-- ARGV[8]  identities that must be free as well: the same by former keys
-- ARGV[9]  clues of the entry, spaces between; at most 3
-- ARGV[10] the same by former keys
-- ARGV[11] what was seen of the entries that have these clues, as this script returns it
-- ARGV[12] flagged set to write; '' for none
-- ARGV[13] its member of open-flags
-- ARGV[14] when to check in the registry, ms since the epoch; '' for never
-- ARGV[15] seconds to remember the proof of work; '' without one
-- ARGV[16] most messages to a mailbox in an hour; '' without a limit
-- ARGV[17..]  ids of messages to send
--
-- Returns { 'joined' | 'replayed' | 'mismatch' | 'conflict' | 'spent' | 'crowded', id of the entry meant or '' }
--      or { 'duplicate', ids of the entries that have the identities, spaces between }
--      or { 'near', what must be seen: '<clue>=<ids>' for each that others have, line feeds between }

local entries, identities, counts, mail_due, clues = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[9]
local id, entry, fingerprint = ARGV[1], ARGV[2], ARGV[6]

if fingerprint ~= '' then
  local answered = redis.call('GET', KEYS[8])
  if answered then
    local space = string.find(answered, ' ', 1, true)
    if string.sub(answered, 1, space - 1) ~= fingerprint then
      return { 'mismatch', '' }
    end
    return { 'replayed', string.sub(answered, space + 1) }
  end
end
if ARGV[15] ~= '' and not spend(KEYS[13], id, ARGV[15]) then
  return { 'spent', '' }
end

local others = ''
for identity in string.gmatch(ARGV[3] .. ' ' .. ARGV[8], '%S+') do
  local other = redis.call('HGET', identities, identity)
  if other then
    others = with_id(others, other)
  end
end
if others ~= '' then
  return { 'duplicate', others }
end

local seen = ''
for clue in string.gmatch(ARGV[9] .. ' ' .. ARGV[10], '%S+') do
  local ids = ids_with(clues, clue)
  if ids ~= '' then
    seen = seen .. clue .. '=' .. ids .. '\n'
  end
end
if seen ~= ARGV[11] then
  return { 'near', seen }
end

if redis.call('HEXISTS', entries, id) == 1 then
  return { 'conflict', id }
end
if ARGV[5] ~= '' and (redis.call('GET', KEYS[7]) or '0') ~= ARGV[5] then
  return { 'conflict', '' }
end
if ARGV[16] ~= '' and not send_to(KEYS, 14, tonumber(ARGV[16])) then
  return { 'crowded', '' }
end

write_entry(entries, counts, KEYS[5], KEYS[6], id, '', entry, '', ARGV[4])
for identity in string.gmatch(ARGV[3], '%S+') do
  redis.call('HSET', identities, identity, id)
end
for clue in string.gmatch(ARGV[9], '%S+') do
  local ids = ids_with(clues, clue)
  if #ids < most_ids_length then
    set_ids_with(clues, clue, with_id(ids, id))
  end
end
if ARGV[12] ~= '' then
  redis.call('HSET', KEYS[10], id, ARGV[12])
  redis.call('ZADD', KEYS[11], 0, ARGV[13])
end
if ARGV[14] ~= '' then
  redis.call('ZADD', KEYS[12], ARGV[14], id)
end
if fingerprint ~= '' then
  redis.call('SET', KEYS[8], fingerprint .. ' ' .. id, 'EX', ARGV[7])
end
if ARGV[17] then
  redis.call('RPUSH', mail_due, unpack(ARGV, 17))
end
return { 'joined', id }
