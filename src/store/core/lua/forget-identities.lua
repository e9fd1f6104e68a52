-- Forgets identities that agents found to be different people, on both sides of each pair (include
-- list-of-ids first).
--
-- different   key: hash, identity -> identities of other people, spaces between
-- identities  spaces between; '' for none
local function forget_identities(different, identities)
  for identity in string.gmatch(identities, '%S+') do
    for other in string.gmatch(redis.call('HGET', different, identity) or '', '%S+') do
      local ids = without_id(redis.call('HGET', different, other) or '', identity)
      if ids == '' then
        redis.call('HDEL', different, other)
      else
        redis.call('HSET', different, other, ids)
      end
    end
    redis.call('HDEL', different, identity)
  end
end
