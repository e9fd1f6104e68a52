-- include write-entry
-- Replaces the priority of an entry, and the entry with it, if neither changed meanwhile: what two
-- agents agreed on and what a draw will see are never apart.
--
-- KEYS[1]  priorities    hash  entry id -> priority
-- KEYS[2]  entries       hash  entry id -> entry
-- KEYS[3]  counts        hash  `<state>:<request type>` -> entries
-- KEYS[4]  freezing      hash  exists while a freeze is under way
-- KEYS[5]  before        hash  entry id -> its state at the freeze
-- ARGV[1]  id            entry id
-- ARGV[2]  priority_old  the priority as read; '' for none
-- ARGV[3]  priority_new  the priority as it shall be
-- ARGV[4]  old           the entry as read
-- ARGV[5]  new           the entry as it shall be
--
-- Returns 'done' | 'conflict'. Repeating it finds the old state gone, and writes nothing.

if (redis.call('HGET', priorities, id) or '') ~= priority_old then
  return 'conflict'
end
if redis.call('HGET', entries, id) ~= old then
  return 'conflict'
end

redis.call('HSET', priorities, id, priority_new)
if old ~= new then
  write_entry(entries, counts, freezing, before, id, old, new, '', '')
end
return 'done'
