-- Makes a dead letter due again.
--
-- KEYS[1]  dead-letters  hash
-- KEYS[2]  mail-due      list
-- KEYS[3]  sent          string: the message was sent, and came back
-- ARGV[1]  message id
--
-- Returns 'replayed' | 'absent'

if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then
  return 'absent'
end
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
return 'replayed'
