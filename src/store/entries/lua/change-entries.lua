-- include write-entry
-- Replaces each of many entries that did not change meanwhile. None may change its state.
--
-- KEYS[1]  entries   hash  entry id -> entry
-- KEYS[2]  counts    hash
-- KEYS[3]  freezing  hash  exists while a freeze is under way
-- KEYS[4]  before    hash  overlay of the freeze
-- ARGV     by threes: entry id, the entry as read, the entry as it shall be; at most 500 of them
--
-- Returns how many were replaced

local changed = 0
for i = 1, #ARGV, 3 do
  local id, old, new = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if redis.call('HGET', KEYS[1], id) == old then
    write_entry(KEYS[1], KEYS[2], KEYS[3], KEYS[4], id, old, new, '', '')
    changed = changed + 1
  end
end
return changed
