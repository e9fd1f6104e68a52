-- Takes a proof of work for one entry; false if it was taken for another. The entry itself may come
-- again with it: a join that makes an older one leave runs twice.
local function spend(spent, id, seconds)
  if redis.call('SET', spent, id, 'NX', 'EX', seconds) then
    return true
  end
  return redis.call('GET', spent) == id
end
