-- Appends an event line to the record of a draw, and the same to the public register (include
-- append-leaf first). Clocks of several machines differ a little, and `at` may never decrease: the
-- line takes the later of now and the line before it.
--
-- events    list of lines, each `{"at":"YYYY-MM-DDTHH:MM:SSZ",…}` without its line feed
-- register  list of leaves
-- draw      draw id: needs no escapes in JSON
-- now       `YYYY-MM-DDTHH:MM:SSZ`, which compares as text
-- rest      the line after its `at` member, a bar where the leaf has its `draw`: `"by":…,|"entry":…}`
local function append_event(events, register, draw, now, rest)
  local at = now
  local last = redis.call('LINDEX', events, -1)
  if last then
    local last_at = string.sub(last, 8, 27)
    if last_at > at then
      at = last_at
    end
  end
  local before, after = string.match(rest, '^([^|]*)|(.*)$')
  redis.call('RPUSH', events, '{"at":"' .. at .. '",' .. before .. after)
  append_leaf(register, '{"at":"' .. at .. '",' .. before .. '"draw":"' .. draw .. '",' .. after)
end
