-- Forgets that a reserve list is being settled, unless another one is by now.
--
-- KEYS[1]  closing_draw  string  '<draw id> <request type> …'
-- ARGV[1]  closing       as read
--
-- Returns 'done' | 'conflict'

if redis.call('GET', closing_draw) ~= closing then
  return 'conflict'
end
redis.call('DEL', closing_draw)
return 'done'
