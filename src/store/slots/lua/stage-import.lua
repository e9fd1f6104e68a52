-- Stages lines of an import that is not complete yet.
--
-- KEYS[1]  lock    hash  id, startedAtMs
-- KEYS[2]  lines   list  slot id, capacity, slot, by threes
-- KEYS[3]  gone    list  ids of slots to take out
-- ARGV[1]  id      of the import
-- ARGV[2…] staged  at most 500, each in JSON:
--   .slot      slot id
--   .capacity
--   .text      the slot as stored; '' for one to take out
--
-- Returns 'done' | 'conflict' (the import was taken for abandoned)

if redis.call('HGET', lock, 'id') ~= id then
  return 'conflict'
end
for _, line in ipairs(staged) do
  if line.text == '' then
    redis.call('RPUSH', gone, line.slot)
  else
    redis.call('RPUSH', lines, line.slot, line.capacity, line.text)
  end
end
return 'done'
