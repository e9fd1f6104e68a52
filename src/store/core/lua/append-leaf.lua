-- Appends a leaf to the public register of the prefecture, in the same step as the change that it
-- tells of, so that the two cannot part. Leaves are only ever appended; a job hashes and signs them.
--
-- register  list of leaves
-- leaf      JCS text; '' for none
local function append_leaf(register, leaf)
  if leaf ~= '' then
    redis.call('RPUSH', register, leaf)
  end
end
