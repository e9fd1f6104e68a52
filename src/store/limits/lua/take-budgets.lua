-- include budgets
-- Takes one from each of several budgets, or from none.
--
-- KEYS[1]  first    string  ms since the epoch when it will be whole
-- KEYS[2…] others   string  the same of others; at most 7
-- ARGV[1]  rates    two numbers for each: how many it holds, and in how many ms one comes back
-- ARGV[2]  now_ms   ms since the epoch
--
-- Returns 0, or in how many ms the one that lasts longest has one again

return take_each({ first, unpack(others) }, rates, tonumber(now_ms))
