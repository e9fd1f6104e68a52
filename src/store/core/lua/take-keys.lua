-- Who has some of these identities: the ids of the live entries, spaces between, and the first
-- identity that one of them has; both '' if nobody has (include list-of-ids first).
--
-- identities  key
-- wanted      identities, spaces between
local function holders_of(identities, wanted)
  local ids, first = '', ''
  for identity in string.gmatch(wanted, '%S+') do
    local holder = redis.call('HGET', identities, identity)
    if holder then
      ids = with_id(ids, holder)
      first = first == '' and identity or first
    end
  end
  return ids, first
end

-- Gives an entry identities and clues; a clue that as many have as it may leads to no more (include
-- list-of-ids and clue-buckets first).
--
-- identities, clues  keys
-- taken, own_clues   of the entry, spaces between
-- id                 entry id
local function take_keys(identities, clues, taken, own_clues, id)
  for identity in string.gmatch(taken, '%S+') do
    redis.call('HSET', identities, identity, id)
  end
  for clue in string.gmatch(own_clues, '%S+') do
    local ids = ids_with(clues, clue)
    if #ids < most_ids_length then
      set_ids_with(clues, clue, with_id(ids, id))
    end
  end
end
