-- Makes a dead letter due again.
--
-- KEYS[1]  dead_letters  hash    message id -> dead letter
-- KEYS[2]  mail_due      list    message ids
-- KEYS[3]  sent          string  the message was sent, and came back
-- ARGV[1]  message       message id
--
-- Returns 'done' | 'absent'

if redis.call('HDEL', dead_letters, message) == 0 then
  return 'absent'
end
redis.call('RPUSH', mail_due, message)
redis.call('DEL', sent)
return 'done'
