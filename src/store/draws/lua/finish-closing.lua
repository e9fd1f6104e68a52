-- Forgets that a draw is being closed, unless another one is by now.
--
-- KEYS[1]  closing-draw  string  draw id
-- ARGV[1]  draw id
--
-- Returns 'done'

if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 'done'
