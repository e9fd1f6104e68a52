-- Keeps the newest head that a witness has taken. An answer that comes late changes nothing.
--
-- KEYS[1]  register:witnesses  hash  witness -> size of a head
-- ARGV[1]  witness
-- ARGV[2]  size of the head it took
--
-- Returns 'done' | 'older'

if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') >= tonumber(ARGV[2]) then
  return 'older'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 'done'
