-- include write-entry
-- Replaces the priority of an entry, and the entry with it, if neither changed meanwhile: what two
-- agents agreed on and what a draw will see are never apart.
--
-- KEYS[1]  priorities  hash  entry id -> priority
-- KEYS[2]  entries     hash  entry id -> entry
-- KEYS[3]  counts      hash
-- KEYS[4]  freezing    hash  exists while a freeze is under way
-- KEYS[5]  before      hash  overlay of the freeze
-- ARGV[1]  entry id
-- ARGV[2]  the priority as read; '' for none
-- ARGV[3]  the priority as it shall be
-- ARGV[4]  the entry as read
-- ARGV[5]  the entry as it shall be
--
-- Returns 'changed' | 'conflict'. Repeating it finds the old state gone, and writes nothing.

local id = ARGV[1]
if (redis.call('HGET', KEYS[1], id) or '') ~= ARGV[2] then
  return 'conflict'
end
if redis.call('HGET', KEYS[2], id) ~= ARGV[4] then
  return 'conflict'
end

redis.call('HSET', KEYS[1], id, ARGV[3])
if ARGV[4] ~= ARGV[5] then
  write_entry(KEYS[2], KEYS[3], KEYS[4], KEYS[5], id, ARGV[4], ARGV[5], '', '')
end
return 'changed'
