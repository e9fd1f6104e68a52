-- Fixes the instant of a draw: numbers it, takes every free place, and from now on each script that
-- writes an entry saves first what the entry was (core/lua/write-entry.lua). A repeat answers the same.
-- The instant is read here, by the clock of this server: what was written before it is in the pool,
-- what is written later is not, whatever the clock of a worker says and however long its call took.
-- It takes all places at once, whatever its request types: those of other slots it gives back before
-- its manifest (return-places.lua).
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  freezing      hash    draw, number, at, prefecture
-- KEYS[3]  paused        string  the kill switch
-- KEYS[4]  active_draw   string  draw id
-- KEYS[5]  closing_draw  string  exists while a reserve list that has ended is to be settled
-- KEYS[6]  import_lock   hash    `complete` once an import can only be rolled forward
-- KEYS[7]  draw_number   string  draws frozen so far
-- KEYS[8]  places        hash    slot id -> places no draw has taken
-- KEYS[9]  draw_places   hash    slot id -> places of this draw nobody holds
-- KEYS[10] prefecture    string  json: the rules and settings of this instant are the draw's
-- KEYS[11] reserves      hash    request type -> published draw whose reserve list is in use
-- ARGV[1]  draw_id
-- ARGV[2]  played_ms     where tests play time, the instant in ms since the epoch; else empty
-- ARGV[3…] types         at most 500 request types that the draw is for; none: all
--
-- Returns {'done', number, instant} | {'conflict'} | {'paused'} | {'busy'} | {'import_pending'}
--   | {'in_use'} (a reserve list must end first)

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
if #types == 0 and redis.call('HLEN', reserves) > 0 then
  return { 'in_use' }
end
for _, request_type in ipairs(types) do
  if redis.call('HEXISTS', reserves, request_type) == 1 then
    return { 'in_use' }
  end
end

local instant = played_ms
if instant == '' then
  local time = redis.call('TIME')
  instant = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
end
local number = redis.call('INCR', draw_number)
redis.call('HSET', freezing, 'draw', draw_id, 'number', number, 'at', instant)
redis.call('HSET', freezing, 'prefecture', redis.call('GET', prefecture) or '')
redis.call('SET', active_draw, draw_id)
if redis.call('EXISTS', places) == 1 then
  redis.call('RENAME', places, draw_places)
end
return { 'done', number, instant }
