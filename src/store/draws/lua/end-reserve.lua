-- Ends the reserve list of a published draw for some request types; with the last of them the draw is
-- closed. Idle places and misses are still to be settled: `closing_draw` says so until they are.
-- From now on a place that is freed in a slot of those types goes to the next draw.
--
-- KEYS[1]  draw          hash    state, json, ended
-- KEYS[2]  reserves      hash    request type -> draw id
-- KEYS[3]  closing_draw  string  '<draw id> <request type> …'
-- ARGV[1]  draw_id
-- ARGV[2]  before        request types that have ended, as read, spaces between
-- ARGV[3]  after         the same with those that end now
-- ARGV[4]  state         of the draw from now on: 'published' or 'closed'
-- ARGV[5]  json
-- ARGV[6…] ending        at most 600 request types that end now
--
-- Returns 'done' | 'conflict' | 'busy' (another list is not settled yet). A repeat finds another
-- `before`, and changes nothing.

if redis.call('HGET', draw, 'state') ~= 'published' then
  return 'conflict'
end
if (redis.call('HGET', draw, 'ended') or '') ~= before then
  return 'conflict'
end
if redis.call('EXISTS', closing_draw) == 1 then
  return 'busy'
end
for _, request_type in ipairs(ending) do
  if redis.call('HGET', reserves, request_type) == draw_id then
    redis.call('HDEL', reserves, request_type)
  end
end
redis.call('HSET', draw, 'state', state, 'json', json, 'ended', after)
redis.call('SET', closing_draw, draw_id .. ' ' .. table.concat(ending, ' '))
return 'done'
