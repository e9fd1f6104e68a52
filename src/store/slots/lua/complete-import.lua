-- The point of no return of an import: from here on it is completed by whoever comes, and no draw
-- begins before it is.
--
-- KEYS[1]  lock         hash    id, startedAtMs
-- KEYS[2]  lines        list    slot id, capacity, slot, by threes
-- KEYS[3]  gone         list    ids of slots to take out
-- KEYS[4]  draw_number  string  draws frozen so far
-- ARGV[1]  id           of the import
-- ARGV[2]  put_count    slots that are staged
-- ARGV[3]  gone_count   those to take out
-- ARGV[4]  number       draws that there must be, as when it was planned; '' for any
--
-- Returns 'done' | 'conflict' (the import was taken for abandoned) | 'frozen' (a draw has begun)

if redis.call('HGET', lock, 'id') ~= id then
  return 'conflict'
end
if redis.call('LLEN', lines) ~= 3 * tonumber(put_count) or redis.call('LLEN', gone) ~= tonumber(gone_count) then
  return redis.error_reply('an import must be staged whole before it is complete')
end
if number ~= '' and (redis.call('GET', draw_number) or '0') ~= number then
  return 'frozen'
end
redis.call('HSET', lock, 'complete', '1')
return 'done'
