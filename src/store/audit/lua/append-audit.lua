-- Appends lines to the audit log of a prefecture, if its chain still ends where they were chained
-- to: so two processes never write two lines after one.
--
-- KEYS[1]  audit   list    lines
-- KEYS[2]  head    string  '<lines> <hash of the last>'
-- ARGV[1]  before  head as read; '' without any
-- ARGV[2]  after   head with these lines
-- ARGV[3…] lines   at most 250
--
-- Returns {'done' | 'conflict', head}. Repeating it does nothing: the head has moved.

local found = redis.call('GET', head) or ''
if found ~= before then
  return { 'conflict', found }
end
for _, line in ipairs(lines) do
  redis.call('RPUSH', audit, line)
end
redis.call('SET', head, after)
return { 'done', after }
