-- Stages lines of an import that is not complete yet.
--
-- KEYS[1]  lock    hash  id, count, startedAtMs
-- KEYS[2]  lines   list  slot id, capacity, slot, by threes
-- ARGV[1]  id      of the import
-- ARGV[2…] staged  at most 500, each in JSON:
--   .slot      slot id
--   .capacity
--   .text      the slot as stored
--
-- Returns 'done' | 'conflict' (the import was taken for abandoned)

if redis.call('HGET', lock, 'id') ~= id then
  return 'conflict'
end
for _, line in ipairs(staged) do
  redis.call('RPUSH', lines, line.slot, line.capacity, line.text)
end
return 'done'
