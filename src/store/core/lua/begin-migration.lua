-- Fences a prefecture off for one migration: from now on the guard of every other script refuses, and
-- only who has this token may write. Whoever began before and did not end is fenced off as well.
--
-- KEYS[1]  data_version  string  '<version>', or '<from>><to> <token>'
-- ARGV[1]  from          version it must have, or be on its way from
-- ARGV[2]  fence         '<from>><to> <token>'
--
-- Returns 'done' | 'conflict'

local version = redis.call('GET', data_version) or '1'
if version ~= from and string.sub(version, 1, #from + 1) ~= from .. '>' then
  return 'conflict'
end
redis.call('SET', data_version, fence)
return 'done'
