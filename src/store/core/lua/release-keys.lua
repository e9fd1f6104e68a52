-- Frees identities and clues, as far as this entry holds them (include list-of-ids and
-- clue-buckets first).
--
-- identities, clues  keys
-- held  '<identity> …|<clue> …'; '' for none
-- id    entry id
local function release_keys(identities, clues, held, id)
  if held == '' then
    return
  end
  local bar = string.find(held, '|', 1, true)
  for identity in string.gmatch(string.sub(held, 1, bar - 1), '%S+') do
    if redis.call('HGET', identities, identity) == id then
      redis.call('HDEL', identities, identity)
    end
  end
  for clue in string.gmatch(string.sub(held, bar + 1), '%S+') do
    set_ids_with(clues, clue, without_id(ids_with(clues, clue), id))
  end
end
