-- include append-leaf
-- Says in the public register how far the audit log goes, if it has grown since that was last said.
--
-- KEYS[1]  audit-anchor  string  '<lines> <ms since the epoch>' as last said
-- KEYS[2]  register      list    leaves
-- ARGV[1]  the same as read; '' if it never was
-- ARGV[2]  the same as it shall be
-- ARGV[3]  leaf of the register
--
-- Returns 'done' | 'moved'. Repeating it does nothing.

if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 'moved'
end
redis.call('SET', KEYS[1], ARGV[2])
append_leaf(KEYS[2], ARGV[3])
return 'done'
