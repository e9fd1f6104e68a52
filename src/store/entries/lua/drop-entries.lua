-- Removes entries of which nothing public speaks, unless they changed. They hold neither identity nor
-- place, and are in no pool: their state is erased, and they never waited.
--
-- KEYS[1]  entries  hash  entry id -> entry
-- KEYS[2]  counts   hash  `<state>:<request type>` -> entries
-- ARGV[1…] drops    at most 500, each in JSON:
--   .id
--   .before  the entry as read
--   .from    field of counts it leaves
--
-- Returns how many were removed

local dropped = 0
for _, drop in ipairs(drops) do
  if redis.call('HGET', entries, drop.id) == drop.before then
    redis.call('HDEL', entries, drop.id)
    if redis.call('HINCRBY', counts, drop.from, -1) == 0 then
      redis.call('HDEL', counts, drop.from)
    end
    dropped = dropped + 1
  end
end
return dropped
