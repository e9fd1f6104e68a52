-- Hands over the reminders of offers that still wait for an answer, each once: whatever settles an
-- offer takes its reminder away in the same step.
--
-- KEYS[1]  reminders  zset  offer id by time of reminder
-- KEYS[2]  mail_due   list  message ids
-- ARGV[1…] due        at most 500, each in JSON:
--   .offer    offer id
--   .message  message id
--
-- Returns the number of reminders handed over

local sent = 0
for _, reminder in ipairs(due) do
  if redis.call('ZREM', reminders, reminder.offer) == 1 then
    redis.call('RPUSH', mail_due, reminder.message)
    sent = sent + 1
  end
end
return sent
