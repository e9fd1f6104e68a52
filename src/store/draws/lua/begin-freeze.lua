-- Fixes the instant of a draw: numbers it, takes every free place, and from now on each script that
-- writes an entry saves first what the entry was (lib/write-entry.lua). A repeat answers the same.
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  freezing      hash    draw, number, at, prefecture
-- KEYS[3]  paused        string  the kill switch
-- KEYS[4]  active-draw   string  draw id
-- KEYS[5]  closing-draw  string  draw id
-- KEYS[6]  import        hash    `complete` once an import can only be rolled forward
-- KEYS[7]  draw-number   string  draws frozen so far
-- KEYS[8]  places        hash    slot id -> places no draw has taken
-- KEYS[9]  draw:places   hash    slot id -> places of this draw nobody holds
-- KEYS[10] prefecture    string  json: the rules and settings of this instant are the draw's
-- ARGV[1]  draw id
-- ARGV[2]  now, ms since the epoch
--
-- Returns {'freezing', number, instant} | {'moved'} | {'paused'} | {'busy'} | {'import_pending'}

local draw, freezing, paused, active = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local closing, import, draw_number, places, draw_places = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local prefecture = KEYS[10]
local id, now_ms = ARGV[1], ARGV[2]

if redis.call('HGET', draw, 'state') ~= 'scheduled' then
  return { 'moved' }
end
local under_way = redis.call('HMGET', freezing, 'draw', 'number', 'at')
if under_way[1] == id then
  return { 'freezing', under_way[2], under_way[3] }
end
if redis.call('EXISTS', paused) == 1 then
  return { 'paused' }
end
if redis.call('EXISTS', active, closing) > 0 then
  return { 'busy' }
end
if redis.call('HEXISTS', import, 'complete') == 1 then
  return { 'import_pending' }
end

local number = redis.call('INCR', draw_number)
redis.call('HSET', freezing, 'draw', id, 'number', number, 'at', now_ms)
redis.call('HSET', freezing, 'prefecture', redis.call('GET', prefecture) or '')
redis.call('SET', active, id)
if redis.call('EXISTS', places) == 1 then
  redis.call('RENAME', places, draw_places)
end
return { 'freezing', number, now_ms }
