-- The clock of the server that holds a prefecture.
--
-- KEYS[1]  prefecture  route  any key of that server
--
-- Returns ms since the epoch

local time = redis.call('TIME')
return time[1] * 1000 + math.floor(time[2] / 1000)
