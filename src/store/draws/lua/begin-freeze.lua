-- Fixes the instant of a draw: numbers it, takes every free place, and from now on each script that
-- writes an entry saves first what the entry was (core/lua/write-entry.lua). A repeat answers the same.
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  freezing      hash    draw, number, at, prefecture
-- KEYS[3]  paused        string  the kill switch
-- KEYS[4]  active_draw   string  draw id
-- KEYS[5]  closing_draw  string  draw id
-- KEYS[6]  import_lock   hash    `complete` once an import can only be rolled forward
-- KEYS[7]  draw_number   string  draws frozen so far
-- KEYS[8]  places        hash    slot id -> places no draw has taken
-- KEYS[9]  draw_places   hash    slot id -> places of this draw nobody holds
-- KEYS[10] prefecture    string  json: the rules and settings of this instant are the draw's
-- ARGV[1]  draw_id
-- ARGV[2]  now_ms        ms since the epoch
--
-- Returns {'done', number, instant} | {'conflict'} | {'paused'} | {'busy'} | {'import_pending'}

if redis.call('HGET', draw, 'state') ~= 'scheduled' then
  return { 'conflict' }
end
local under_way = redis.call('HMGET', freezing, 'draw', 'number', 'at')
if under_way[1] == draw_id then
  return { 'done', under_way[2], under_way[3] }
end
if redis.call('EXISTS', paused) == 1 then
  return { 'paused' }
end
if redis.call('EXISTS', active_draw, closing_draw) > 0 then
  return { 'busy' }
end
if redis.call('HEXISTS', import_lock, 'complete') == 1 then
  return { 'import_pending' }
end

local number = redis.call('INCR', draw_number)
redis.call('HSET', freezing, 'draw', draw_id, 'number', number, 'at', now_ms)
redis.call('HSET', freezing, 'prefecture', redis.call('GET', prefecture) or '')
redis.call('SET', active_draw, draw_id)
if redis.call('EXISTS', places) == 1 then
  redis.call('RENAME', places, draw_places)
end
return { 'done', number, now_ms }
