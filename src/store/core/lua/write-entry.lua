-- Whether a freeze is under way; asked once, for nothing else runs meanwhile.
local is_freezing

-- Writes an entry, keeps the counts right, and keeps a running freeze whole: the first write to an
-- entry after the freeze began saves what the entry was at that instant.
-- The caller has checked that the entry is still `old`, before its own first write.
--
-- entries, counts, freezing, before  keys
-- id         entry id
-- old, new   the entry as stored; old is '' for a new entry
-- from, to   fields of counts that lose and gain one; '' for none
local function write_entry(entries, counts, freezing, before, id, old, new, from, to)
  if is_freezing == nil then
    is_freezing = redis.call('EXISTS', freezing) == 1
  end
  if is_freezing then
    redis.call('HSETNX', before, id, old)
  end
  redis.call('HSET', entries, id, new)
  if from == to then
    return
  end
  if from ~= '' and redis.call('HINCRBY', counts, from, -1) == 0 then
    redis.call('HDEL', counts, from)
  end
  if to ~= '' then
    redis.call('HINCRBY', counts, to, 1)
  end
end
