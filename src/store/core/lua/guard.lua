-- Takes a proof of work for one entry; false if it was taken for another. The entry itself may come
-- again with it: a join that makes an older one leave runs twice.
local function spend(spent, id, seconds)
  if redis.call('SET', spent, id, 'NX', 'EX', seconds) then
    return true
  end
  return redis.call('GET', spent) == id
end

-- Counts one more message to each mailbox; false, and nothing counted, if one has had its share.
local function send_to(counters, most)
  for _, counter in ipairs(counters) do
    if tonumber(redis.call('GET', counter) or '0') >= most then
      return false
    end
  end
  for _, counter in ipairs(counters) do
    if redis.call('INCR', counter) == 1 then
      redis.call('EXPIRE', counter, 3600)
    end
  end
  return true
end

