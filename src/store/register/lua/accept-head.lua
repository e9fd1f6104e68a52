-- Keeps the newest head that a witness has taken. An answer that comes late changes nothing.
--
-- KEYS[1]  witnesses  hash  witness -> size of a head
-- ARGV[1]  witness
-- ARGV[2]  size       of the head it took
--
-- Returns 'done' | 'conflict'

if tonumber(redis.call('HGET', witnesses, witness) or '0') >= tonumber(size) then
  return 'conflict'
end
redis.call('HSET', witnesses, witness, size)
return 'done'
