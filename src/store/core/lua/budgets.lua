-- Takes one from each budget, or from none; 0, or the ms until the one that lasts longest has one again.
-- A budget is the instant when it will be whole, in ms since the epoch; none: it is whole. `rates` has
-- two numbers for each, spaces between: how many it holds, and in how many ms one comes back.
local function take_each(budgets, rates, now_ms)
  local numbers = {}
  for number in string.gmatch(rates, '%d+') do
    numbers[#numbers + 1] = tonumber(number)
  end
  local whole_at, wait_ms = {}, 0
  for index, budget in ipairs(budgets) do
    local holds, every_ms = numbers[2 * index - 1], numbers[2 * index]
    local at = tonumber(redis.call('GET', budget) or '0')
    whole_at[index] = math.max(at, now_ms) + every_ms
    wait_ms = math.max(wait_ms, whole_at[index] - now_ms - holds * every_ms)
  end
  if wait_ms > 0 then
    return wait_ms
  end
  for index, budget in ipairs(budgets) do
    redis.call('SET', budget, string.format('%.0f', whole_at[index]), 'PX', whole_at[index] - now_ms)
  end
  return 0
end
