-- Drops messages from the head of the due list, as long as they are the ones named.
--
-- KEYS[1]  mail_due  list  message ids
-- ARGV[1…] messages  at most 500, by id, in the order of the list
--
-- Returns how many were dropped

local head = redis.call('LRANGE', mail_due, 0, #messages - 1)
local same = 0
while same < #head and head[same + 1] == messages[same + 1] do
  same = same + 1
end
if same > 0 then
  redis.call('LPOP', mail_due, same)
end
return same
