-- include write-entry
-- include guard
-- Adds an entry: at most one live entry per identity, at most one per Idempotency-Key.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash
-- KEYS[4]  mail-due     list    message ids
-- KEYS[5]  freezing     hash    exists while a freeze is under way
-- KEYS[6]  before       hash    overlay of the freeze
-- KEYS[7]  draw-number  string
-- KEYS[8]  idempotency  string  '<fingerprint> <entry id>'; not used if ARGV[6] is ''
-- KEYS[9]  work-spent   string  entry the proof of work was handed in for; not used if ARGV[8] is ''
-- KEYS[10..] counters   string  messages to each mailbox this hour; not used if ARGV[9] is ''
-- ARGV[1]  entry id
-- ARGV[2]  entry
-- ARGV[3]  identity
-- ARGV[4]  field of counts
-- ARGV[5]  draw number the entry was made for; '' if it does not wait yet
-- ARGV[6]  fingerprint of the request; '' without an Idempotency-Key
-- ARGV[7]  seconds to remember the fingerprint
-- ARGV[8]  seconds to remember the proof of work; '' without one
-- ARGV[9]  most messages to a mailbox in an hour; '' without a limit
-- ARGV[10..]  ids of messages to send
--
-- Returns { 'joined' | 'replayed' | 'mismatch' | 'duplicate' | 'conflict' | 'spent' | 'crowded', id of the entry meant or '' }

local entries, identities, counts, mail_due = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, entry, identity, fingerprint = ARGV[1], ARGV[2], ARGV[3], ARGV[6]

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
if ARGV[8] ~= '' and not spend(KEYS[9], id, ARGV[8]) then
  return { 'spent', '' }
end
local other = redis.call('HGET', identities, identity)
if other then
  return { 'duplicate', other }
end
if redis.call('HEXISTS', entries, id) == 1 then
  return { 'conflict', id }
end
if ARGV[5] ~= '' and (redis.call('GET', KEYS[7]) or '0') ~= ARGV[5] then
  return { 'conflict', '' }
end
if ARGV[9] ~= '' and not send_to(KEYS, 10, tonumber(ARGV[9])) then
  return { 'crowded', '' }
end

write_entry(entries, counts, KEYS[5], KEYS[6], id, '', entry, '', ARGV[4])
redis.call('HSET', identities, identity, id)
if fingerprint ~= '' then
  redis.call('SET', KEYS[8], fingerprint .. ' ' .. id, 'EX', ARGV[7])
end
if ARGV[10] then
  redis.call('RPUSH', mail_due, unpack(ARGV, 10))
end
return { 'joined', id }
