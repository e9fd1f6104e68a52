-- Stages lines of an import that is not complete yet.
--
-- KEYS[1]    import        hash
-- KEYS[2]    import-lines  list
-- ARGV[1]    id of the import
-- ARGV[2..]  slot id, capacity, slot, by threes; at most 500 of them
--
-- Returns 'staged' | 'lost' (the import was taken for abandoned)

if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then
  return 'lost'
end
redis.call('RPUSH', KEYS[2], unpack(ARGV, 2))
return 'staged'
