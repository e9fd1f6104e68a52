-- Removes entries of which nothing public speaks, unless they changed. They hold neither identity nor
-- place, and are in no pool: their state is erased, and they never waited.
--
-- KEYS[1]  entries  hash  entry id -> entry
-- KEYS[2]  counts   hash
-- ARGV     by threes: entry id, the entry as read, field of counts it leaves; at most 500 of them
--
-- Returns how many were removed

local dropped = 0
for i = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[1], ARGV[i])
    if redis.call('HINCRBY', KEYS[2], ARGV[i + 2], -1) == 0 then
      redis.call('HDEL', KEYS[2], ARGV[i + 2])
    end
    dropped = dropped + 1
  end
end
return dropped
