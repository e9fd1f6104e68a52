-- Publishes a drawn draw: its reserve list is the one in use.
--
-- KEYS[1]  draw              hash    state, json
-- KEYS[2]  current_draw      string  draw id
-- KEYS[3]  unfinished_draws  zset    draw id by planned time
-- ARGV[1]  draw_id
-- ARGV[2]  json
--
-- Returns 'done' | 'conflict'

if redis.call('HGET', draw, 'state') ~= 'drawn' then
  return 'conflict'
end
redis.call('HSET', draw, 'state', 'published', 'json', json)
redis.call('SET', current_draw, draw_id)
redis.call('ZREM', unfinished_draws, draw_id)
return 'done'
