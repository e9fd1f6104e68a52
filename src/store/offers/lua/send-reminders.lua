-- Hands over the reminders of offers that still wait for an answer, each once: whatever settles an
-- offer takes its reminder away in the same step.
--
-- KEYS[1]  reminders  zset  offer id by time of reminder
-- KEYS[2]  mail-due   list  message ids
-- ARGV     offer id and message id, by turns; at most 500 pairs
--
-- Returns the number of reminders handed over

local reminders, mail_due = KEYS[1], KEYS[2]

local sent = 0
for index = 1, #ARGV, 2 do
  local offer, message = ARGV[index], ARGV[index + 1]
  if redis.call('ZREM', reminders, offer) == 1 then
    redis.call('RPUSH', mail_due, message)
    sent = sent + 1
  end
end
return sent
