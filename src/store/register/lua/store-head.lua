-- Keeps a signed head, if the register has grown since the last one and nobody was faster: there
-- are never two heads of one size.
--
-- KEYS[1]  heads        list  heads, the newest last
-- KEYS[2]  state        hash  hashed, size, counts
-- KEYS[3]  register     list  leaves
-- ARGV[1]  size_before  size of the newest head as read; 0 without any
-- ARGV[2]  size         of this head
-- ARGV[3]  head
-- ARGV[4]  counts       of its leaves
--
-- Returns 'done' | 'conflict'

local newest = redis.call('HGET', state, 'size') or '0'
if newest ~= size_before or tonumber(size) <= tonumber(newest) then
  return 'conflict'
end
if redis.call('LLEN', register) < tonumber(size) then
  return redis.error_reply('a head cannot be larger than its register')
end
redis.call('RPUSH', heads, head)
redis.call('HSET', state, 'size', size, 'counts', counts)
return 'done'
