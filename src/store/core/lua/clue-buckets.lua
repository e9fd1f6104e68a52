-- Clues lie in many small hashes, which Redis packs tightly: a third of what one big hash takes.
-- Where a clue is follows from the clue, so the keys are not declared; they share the hash tag.
--
-- clues  key that the buckets' keys begin with
-- clue   a letter for its kind and 12 characters of a hash
local function bucket_of(clues, clue)
  return clues .. ':' .. string.sub(clue, 1, 3), string.sub(clue, 4)
end

-- Ids of the live entries that have a clue, spaces between; '' for none.
local function ids_with(clues, clue)
  local key, field = bucket_of(clues, clue)
  return redis.call('HGET', key, field) or ''
end

local function set_ids_with(clues, clue, ids)
  local key, field = bucket_of(clues, clue)
  if ids == '' then
    redis.call('HDEL', key, field)
  else
    redis.call('HSET', key, field, ids)
  end
end
