-- Forgets that a draw is being closed, unless another one is by now.
--
-- KEYS[1]  closing_draw  string  draw id
-- ARGV[1]  draw_id
--
-- Returns 'done'

if redis.call('GET', closing_draw) == draw_id then
  redis.call('DEL', closing_draw)
end
return 'done'
