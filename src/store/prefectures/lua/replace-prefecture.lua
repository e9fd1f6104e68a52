-- include append-leaf
-- Replaces a prefecture if nobody changed it meanwhile, and sets its kill switch.
--
-- KEYS[1]  prefecture  string  json
-- KEYS[2]  paused      string  exists while the kill switch is on
-- KEYS[3]  register    list    leaves
-- ARGV[1]  before      the prefecture as read
-- ARGV[2]  after       the prefecture as it shall be
-- ARGV[3]  pause       '1' if paused, else ''
-- ARGV[4]  leaf        leaf of the register; '' if the rules stay as they are
--
-- Returns 'done' | 'conflict'

if redis.call('GET', prefecture) ~= before then
  return 'conflict'
end
redis.call('SET', prefecture, after)
if pause == '1' then
  redis.call('SET', paused, '1')
else
  redis.call('DEL', paused)
end
append_leaf(register, leaf)
return 'done'
