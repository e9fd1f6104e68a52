-- include write-entry
-- include guard
-- include budgets
-- include loads
-- include list-of-ids
-- include clue-buckets
-- include take-keys
-- Adds an entry: at most one live entry per identity, at most one per Idempotency-Key. What other
-- live entries have in common with it must be what the caller has seen.
--
-- KEYS[1]  entries      hash    entry id -> entry
-- KEYS[2]  identities   hash    identity -> entry id, live entries only
-- KEYS[3]  counts       hash    `<state>:<request type>` -> entries
-- KEYS[4]  mail_due     list    message ids
-- KEYS[5]  freezing     hash    exists while a freeze is under way
-- KEYS[6]  before       hash    entry id -> its state at the freeze
-- KEYS[7]  draw_number  string  draws frozen so far
-- KEYS[8]  idempotency  string  '<fingerprint> <entry id>'; not used without a fingerprint
-- KEYS[9]  clues        prefix  of hashes: clue -> ids of live entries that have it, spaces between
-- KEYS[10] flags        hash    flag id -> flagged set; its id is that of the entry
-- KEYS[11] open_flags   zset    '<ms>:<flag id>'
-- KEYS[12] to_check     zset    ids of entries to check in the registry of documents, by time
-- KEYS[13] work_spent   string  entry the proof of work was handed in for; not used without one
-- KEYS[14] network_load  string  what joined from the network lately; not used without work
-- KEYS[15] domain_load  string  what joined with the mail domain lately; not used without one
-- KEYS[16…] budgets     string  at most 8, of messages: ms since the epoch when it will be whole
-- ARGV[1]  id           entry id
-- ARGV[2]  entry
-- ARGV[3]  taken        identities to take, spaces between; at most 24
-- ARGV[4]  count        field of counts
-- ARGV[5]  number       draw number the entry was made for; '' if it does not wait yet
-- ARGV[6]  fingerprint  of the request; '' without an Idempotency-Key
-- ARGV[7]  remembered_s  seconds to remember the fingerprint
-- ARGV[8]  former       identities that must be free as well: the same by former keys
-- ARGV[9]  own_clues    clues of the entry, spaces between; at most 8
-- ARGV[10] former_clues  the same by former keys
-- ARGV[11] known        what was seen of the entries that have these clues, as this script returns it
-- ARGV[12] flag         flagged set to write; '' for none
-- ARGV[13] flag_member  its member of open_flags
-- ARGV[14] check_at_ms  when to check in the registry, ms since the epoch; '' for never
-- ARGV[15] work_s       seconds to remember the proof of work; '' without one
-- ARGV[16] rates        two numbers for each budget: how many it holds, and in how many ms one comes back
-- ARGV[17] now_ms       ms since the epoch; not used without budgets or work
-- ARGV[18] calm         joins that are no load yet; '' without work
-- ARGV[19] effort       how many times the least work was done
-- ARGV[20] has_domain   '1' | ''
-- ARGV[21…] messages    at most 100, by id
--
-- Returns { 'joined' | 'replayed' | 'mismatch' | 'conflict' | 'spent' | 'light', id of the entry meant or '' }
--      or { 'crowded', ms until all budgets have one again }
--      or { 'duplicate', ids of the entries that have the identities, spaces between, the first of these identities }
--      or { 'near', what must be seen: '<clue>=<ids>' for each that others have, line feeds between }

if fingerprint ~= '' then
  local answered = redis.call('GET', idempotency)
  if answered then
    local space = string.find(answered, ' ', 1, true)
    if string.sub(answered, 1, space - 1) ~= fingerprint then
      return { 'mismatch', '' }
    end
    return { 'replayed', string.sub(answered, space + 1) }
  end
end
local network, domain = 0, 0
if calm ~= '' then
  network = load_at(network_load, tonumber(now_ms))
  domain = has_domain ~= '' and load_at(domain_load, tonumber(now_ms)) or 0
  if is_light(math.max(network, domain), tonumber(calm), tonumber(effort)) then
    return { 'light', '' }
  end
end
if work_s ~= '' and not spend(work_spent, id, work_s) then
  return { 'spent', '' }
end

local others, first = holders_of(identities, taken .. ' ' .. former)
if others ~= '' then
  return { 'duplicate', others, first }
end

local seen = ''
for clue in string.gmatch(own_clues .. ' ' .. former_clues, '%S+') do
  local ids = ids_with(clues, clue)
  if ids ~= '' then
    seen = seen .. clue .. '=' .. ids .. '\n'
  end
end
if seen ~= known then
  return { 'near', seen }
end

if redis.call('HEXISTS', entries, id) == 1 then
  return { 'conflict', id }
end
if number ~= '' and (redis.call('GET', draw_number) or '0') ~= number then
  return { 'conflict', '' }
end
if rates ~= '' then
  local wait_ms = take_each(budgets, rates, tonumber(now_ms))
  if wait_ms > 0 then
    return { 'crowded', string.format('%.0f', wait_ms) }
  end
end

write_entry(entries, counts, freezing, before, id, '', entry, '', count)
take_keys(identities, clues, taken, own_clues, id)
if flag ~= '' then
  redis.call('HSET', flags, id, flag)
  redis.call('ZADD', open_flags, 0, flag_member)
end
if check_at_ms ~= '' then
  redis.call('ZADD', to_check, check_at_ms, id)
end
if fingerprint ~= '' then
  redis.call('SET', idempotency, fingerprint .. ' ' .. id, 'EX', remembered_s)
end
if calm ~= '' then
  add_load(network_load, network, tonumber(now_ms))
  if has_domain ~= '' then
    add_load(domain_load, domain, tonumber(now_ms))
  end
end
if #messages > 0 then
  redis.call('RPUSH', mail_due, unpack(messages))
end
return { 'joined', id }
