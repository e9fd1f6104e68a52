-- include append-leaf
-- Ends a freeze: the staged parts become the input of the draw, and entries are free to change.
--
-- KEYS[1]  draw          hash    state, json
-- KEYS[2]  freezing      hash    draw, number, at
-- KEYS[3]  before        hash    entry id -> its state at the freeze
-- KEYS[4]  staged        list    gzipped parts
-- KEYS[5]  input         list    gzipped parts
-- KEYS[6]  register      list    leaves
-- KEYS[7]  frozen_draws  zset    draw id by the instant of its freeze
-- ARGV[1]  draw_id
-- ARGV[2]  json
-- ARGV[3]  parts         how many are staged
-- ARGV[4]  manifest      gzipped, the first part of the input
-- ARGV[5]  latest_ms     instant after which it is too late, by this server's clock; 0 for none
-- ARGV[6]  algorithm     by which its record is written
-- ARGV[7]  number        of the draw
-- ARGV[8…] leaves        at most 10, of the register
--
-- Returns 'done' | 'conflict' | 'not_freezing' | 'unstaged' | 'late'

if redis.call('HGET', draw, 'state') ~= 'scheduled' then
  return 'conflict'
end
if redis.call('HGET', freezing, 'draw') ~= draw_id then
  return 'not_freezing'
end
if redis.call('LLEN', staged) ~= tonumber(parts) then
  return 'unstaged'
end

local time = redis.call('TIME')
local latest = tonumber(latest_ms)
if latest > 0 and time[1] * 1000 + math.floor(time[2] / 1000) > latest then
  return 'late'
end

redis.call('LPUSH', staged, manifest)
redis.call('RENAME', staged, input)
redis.call('PERSIST', input)
redis.call('HSET', draw, 'state', 'frozen', 'json', json, 'algorithm', algorithm, 'number', number)
redis.call('ZADD', frozen_draws, redis.call('HGET', freezing, 'at'), draw_id)
redis.call('DEL', freezing)
redis.call('UNLINK', before)
for _, leaf in ipairs(leaves) do
  append_leaf(register, leaf)
end
return 'done'
