-- What joined lately, as '<joins> <ms since the epoch>'; each join counts half after twelve hours
-- (day-load.ts).
local half_life_ms = 12 * 3600 * 1000

local function load_at(key, now_ms)
  local stored = redis.call('GET', key)
  if not stored then
    return 0
  end
  local space = string.find(stored, ' ', 1, true)
  local since_ms = now_ms - tonumber(string.sub(stored, space + 1))
  return tonumber(string.sub(stored, 1, space - 1)) * 2 ^ (-math.max(0, since_ms) / half_life_ms)
end

-- Whether work of `effort` times the least is too little for what joined lately: half of what is due now,
-- for it was asked for a while ago, will do.
local function is_light(joins, calm, effort)
  local due = (joins / calm) ^ 2
  return due > 1 and 2 * effort < due
end

local function add_load(key, joins, now_ms)
  redis.call('SET', key, string.format('%.6f %.0f', joins + 1, now_ms), 'PX', 6 * half_life_ms)
end
