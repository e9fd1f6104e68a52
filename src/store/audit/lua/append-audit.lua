-- Appends lines to the audit log of a prefecture, if its chain still ends where they were chained
-- to: so two processes never write two lines after one.
--
-- KEYS[1]  audit       list    lines
-- KEYS[2]  audit-head  string  '<lines> <hash of the last>'
-- ARGV[1]  head as read; '' without any
-- ARGV[2]  head with these lines
-- ARGV[3…] lines
--
-- Returns {'done' | 'moved', head}. Repeating it does nothing: the head has moved.

local head = redis.call('GET', KEYS[2]) or ''
if head ~= ARGV[1] then
  return { 'moved', head }
end
for index = 3, #ARGV do
  redis.call('RPUSH', KEYS[1], ARGV[index])
end
redis.call('SET', KEYS[2], ARGV[2])
return { 'done', ARGV[2] }
