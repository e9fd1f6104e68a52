-- Publishes a drawn draw: its reserve list is the one in use for its request types, and another draw
-- may begin.
--
-- KEYS[1]  draw              hash    state, json
-- KEYS[2]  active_draw       string  draw id
-- KEYS[3]  reserves          hash    request type -> draw id
-- KEYS[4]  unfinished_draws  zset    draw id by planned time
-- ARGV[1]  draw_id
-- ARGV[2]  json
-- ARGV[3…] served            at most 600 request types
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', draw, 'state') ~= 'drawn' then
  return 'conflict'
end
redis.call('HSET', draw, 'state', 'published', 'json', json)
for _, request_type in ipairs(served) do
  redis.call('HSET', reserves, request_type, draw_id)
end
if redis.call('GET', active_draw) == draw_id then
  redis.call('DEL', active_draw)
end
redis.call('ZREM', unfinished_draws, draw_id)
return 'done'
