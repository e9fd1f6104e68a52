-- include append-leaf
-- Ends a freeze: the staged parts become the input of the draw, and entries are free to change.
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  freezing      hash    draw, number, at
-- KEYS[3]  before        hash    entry id -> its state at the freeze
-- KEYS[4]  draw:staged   list    gzipped parts
-- KEYS[5]  draw:input    list    gzipped parts
-- KEYS[6]  register      list    leaves
-- KEYS[7]  frozen-draws  zset    draw id by the instant of its freeze
-- ARGV[1]  draw id
-- ARGV[2]  json
-- ARGV[3]  number of parts
-- ARGV[4]  gzipped manifest, the first part of the input
-- ARGV[5]  instant after which it is too late, ms of this server's clock; 0 for none
-- ARGV[6…] leaves of the register
--
-- Returns 'done' | 'moved' | 'not_freezing' | 'unstaged' | 'late'

local draw, freezing, before, staged, input = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, json, parts = ARGV[1], ARGV[2], tonumber(ARGV[3])
local manifest, latest_ms = ARGV[4], tonumber(ARGV[5])

if redis.call('HGET', draw, 'state') ~= 'scheduled' then
  return 'moved'
end
if redis.call('HGET', freezing, 'draw') ~= id then
  return 'not_freezing'
end
if redis.call('LLEN', staged) ~= parts then
  return 'unstaged'
end

local time = redis.call('TIME')
if latest_ms > 0 and time[1] * 1000 + math.floor(time[2] / 1000) > latest_ms then
  return 'late'
end

redis.call('LPUSH', staged, manifest)
redis.call('RENAME', staged, input)
redis.call('PERSIST', input)
redis.call('HSET', draw, 'state', 'frozen', 'json', json)
redis.call('ZADD', KEYS[7], redis.call('HGET', freezing, 'at'), id)
redis.call('DEL', freezing)
redis.call('UNLINK', before)
for leaf = 6, #ARGV do
  append_leaf(KEYS[6], ARGV[leaf])
end
return 'done'
