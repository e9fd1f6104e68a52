-- Keeps tiles of the register's Merkle tree, if nobody has grown it meanwhile.
--
-- KEYS[1]  tiles   hash  `<level>/<index>` -> hashes
-- KEYS[2]  state   hash  hashed, size, counts
-- ARGV[1]  before  leaves in tiles as read
-- ARGV[2]  after   leaves in tiles from now on
-- ARGV[3]  names   of the tiles, spaces between
-- ARGV[4…] hashes  at most 20 tiles, each as bytes: in the order of their names
--
-- Returns 'done' | 'conflict'

if (redis.call('HGET', state, 'hashed') or '0') ~= before then
  return 'conflict'
end
local at = 0
for name in string.gmatch(names, '%S+') do
  at = at + 1
  redis.call('HSET', tiles, name, hashes[at])
end
redis.call('HSET', state, 'hashed', after)
return 'done'
