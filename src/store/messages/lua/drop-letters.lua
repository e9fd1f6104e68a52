-- Removes dead letters, unless they were buried again meanwhile.
--
-- KEYS[1]  dead-letters  hash  message id -> dead letter
-- ARGV     by twos: message id, the letter as read; at most 500 of them
--
-- Returns how many were removed

local dropped = 0
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    dropped = dropped + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return dropped
