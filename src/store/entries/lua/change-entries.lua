-- include write-entry
-- Replaces each of many entries that did not change meanwhile. None may change its state.
--
-- KEYS[1]  entries   hash  entry id -> entry
-- KEYS[2]  counts    hash  `<state>:<request type>` -> entries
-- KEYS[3]  freezing  hash  exists while a freeze is under way
-- KEYS[4]  before    hash  entry id -> its state at the freeze
-- ARGV[1…] changes   at most 500, each in JSON:
--   .id
--   .old  the entry as read
--   .new  the entry as it shall be
--
-- Returns how many were replaced

local changed = 0
for _, change in ipairs(changes) do
  if redis.call('HGET', entries, change.id) == change.old then
    write_entry(entries, counts, freezing, before, change.id, change.old, change.new, '', '')
    changed = changed + 1
  end
end
return changed
