-- Ends the reserve list of a published draw. Its idle places and its misses are still to be
-- settled: `closing_draw` names it until they are.
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  active_draw   string  draw id
-- KEYS[3]  current_draw  string  draw id
-- KEYS[4]  closing_draw  string  draw id
-- ARGV[1]  draw_id
-- ARGV[2]  json
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', draw, 'state') ~= 'published' then
  return 'conflict'
end
redis.call('HSET', draw, 'state', 'closed', 'json', json)
redis.call('DEL', active_draw, current_draw)
redis.call('SET', closing_draw, draw_id)
return 'done'
