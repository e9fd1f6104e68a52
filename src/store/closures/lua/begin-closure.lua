-- include append-leaf
-- Begins a closure whose slots are staged: from now on it is done by whoever comes.
--
-- KEYS[1]  closures       hash  closure id -> closure
-- KEYS[2]  open_closures  zset  closure id by the time it was made
-- KEYS[3]  closure_times  zset  the same, of all
-- KEYS[4]  slots          list  slot ids, staged with an expiry
-- KEYS[5]  register       list  leaves
-- ARGV[1]  id             closure id
-- ARGV[2]  closure        as stored
-- ARGV[3]  count          slots that are staged
-- ARGV[4]  at_ms          ms since the epoch
-- ARGV[5]  leaf           leaf of the register
--
-- Returns 'done' | 'unstaged'

if redis.call('HEXISTS', closures, id) == 1 then
  return 'done'
end
if redis.call('LLEN', slots) ~= tonumber(count) then
  return 'unstaged'
end
redis.call('PERSIST', slots)
redis.call('HSET', closures, id, closure)
redis.call('ZADD', open_closures, at_ms, id)
redis.call('ZADD', closure_times, at_ms, id)
append_leaf(register, leaf)
return 'done'
