-- include append-leaf
-- Replaces a prefecture if nobody changed it meanwhile, and sets its kill switch.
--
-- KEYS[1]  prefecture  string
-- KEYS[2]  paused      string  exists while the kill switch is on
-- KEYS[3]  register    list    leaves
-- ARGV[1]  the prefecture as read
-- ARGV[2]  the prefecture as it shall be
-- ARGV[3]  '1' if paused, else ''
-- ARGV[4]  leaf of the register; '' if the rules stay as they are
--
-- Returns 'replaced' | 'conflict'

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'conflict'
end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[3] == '1' then
  redis.call('SET', KEYS[2], '1')
else
  redis.call('DEL', KEYS[2])
end
append_leaf(KEYS[3], ARGV[4])
return 'replaced'
