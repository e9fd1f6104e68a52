-- Drops messages from the head of the due list, as long as they are the ones named.
--
-- KEYS[1]    mail-due  list
-- ARGV[1..]  message ids, in the order of the list; at most 500
--
-- Returns how many were dropped

local head = redis.call('LRANGE', KEYS[1], 0, #ARGV - 1)
local same = 0
while same < #head and head[same + 1] == ARGV[same + 1] do
  same = same + 1
end
if same > 0 then
  redis.call('LPOP', KEYS[1], same)
end
return same
