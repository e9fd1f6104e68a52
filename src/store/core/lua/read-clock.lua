-- The clock of the server that holds a draw, for a limit on the time between two calls.
--
-- KEYS[1]  draw  route  any key of that server
--
-- Returns ms since the epoch

local time = redis.call('TIME')
return time[1] * 1000 + math.floor(time[2] / 1000)
