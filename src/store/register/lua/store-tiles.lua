-- Keeps tiles of the register's Merkle tree, if nobody has grown it meanwhile.
--
-- KEYS[1]  register:tiles  hash  `<level>/<index>` -> hashes
-- KEYS[2]  register:state  hash  hashed, size, counts
-- ARGV[1]  leaves in tiles as read
-- ARGV[2]  leaves in tiles from now on
-- ARGV[3…] name and hashes of a tile, by turns; at most 20 tiles
--
-- Returns 'done' | 'moved'

if (redis.call('HGET', KEYS[2], 'hashed') or '0') ~= ARGV[1] then
  return 'moved'
end
for index = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1])
end
redis.call('HSET', KEYS[2], 'hashed', ARGV[2])
return 'done'
