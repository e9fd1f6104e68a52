-- include append-leaf
-- Says in the public register how far the audit log goes, if it has grown since that was last said.
--
-- KEYS[1]  anchor    string  '<lines> <ms since the epoch>' as last said
-- KEYS[2]  register  list    leaves
-- ARGV[1]  before    the same as read; '' if it never was
-- ARGV[2]  after     the same as it shall be
-- ARGV[3]  leaf      leaf of the register
--
-- Returns 'done' | 'conflict'. Repeating it does nothing.

if (redis.call('GET', anchor) or '') ~= before then
  return 'conflict'
end
redis.call('SET', anchor, after)
append_leaf(register, leaf)
return 'done'
