-- Keeps a signed head, if the register has grown since the last one and nobody was faster: there
-- are never two heads of one size.
--
-- KEYS[1]  register:heads  list  heads, the newest last
-- KEYS[2]  register:state  hash  hashed, size, counts
-- KEYS[3]  register        list  leaves
-- ARGV[1]  size of the newest head as read; 0 without any
-- ARGV[2]  size of this head
-- ARGV[3]  head
-- ARGV[4]  counts of its leaves
--
-- Returns 'done' | 'moved'

local size = redis.call('HGET', KEYS[2], 'size') or '0'
if size ~= ARGV[1] or tonumber(ARGV[2]) <= tonumber(size) then
  return 'moved'
end
if redis.call('LLEN', KEYS[3]) < tonumber(ARGV[2]) then
  return redis.error_reply('a head cannot be larger than its register')
end
redis.call('RPUSH', KEYS[1], ARGV[3])
redis.call('HSET', KEYS[2], 'size', ARGV[2], 'counts', ARGV[4])
return 'done'
