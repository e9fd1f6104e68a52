-- Removes dead letters, unless they were buried again meanwhile.
--
-- KEYS[1]  dead_letters  hash  message id -> dead letter
-- ARGV[1…] drops         at most 500, each in JSON:
--   .message
--   .before  the letter as read
--
-- Returns how many were removed

local dropped = 0
for _, drop in ipairs(drops) do
  if redis.call('HGET', dead_letters, drop.message) == drop.before then
    dropped = dropped + redis.call('HDEL', dead_letters, drop.message)
  end
end
return dropped
