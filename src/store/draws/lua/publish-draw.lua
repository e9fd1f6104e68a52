-- Publishes a drawn draw: its reserve list is the one in use.
--
-- KEYS[1]  draw              hash    state, json
-- KEYS[2]  current-draw      string  draw id
-- KEYS[3]  unfinished-draws  zset    draw id by planned time
-- ARGV[1]  draw id
-- ARGV[2]  json
--
-- Returns 'done' | 'moved'

local draw, current, unfinished = KEYS[1], KEYS[2], KEYS[3]
local id, json = ARGV[1], ARGV[2]

if redis.call('HGET', draw, 'state') ~= 'drawn' then
  return 'moved'
end
redis.call('HSET', draw, 'state', 'published', 'json', json)
redis.call('SET', current, id)
redis.call('ZREM', unfinished, id)
return 'done'
