-- Ids in one text, spaces between: the least memory for one or two of them.

-- A list that is as long as this takes no more ids: 200 of 16 characters.
local most_ids_length = 200 * 17

-- The list with an id at its end, once.
local function with_id(ids, id)
  for one in string.gmatch(ids, '%S+') do
    if one == id then
      return ids
    end
  end
  return ids == '' and id or ids .. ' ' .. id
end

-- The list without an id.
local function without_id(ids, id)
  local kept = {}
  for one in string.gmatch(ids, '%S+') do
    if one ~= id then
      kept[#kept + 1] = one
    end
  end
  return table.concat(kept, ' ')
end
