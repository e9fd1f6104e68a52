-- Stands before every script: the data of the prefecture must have the version that this process
-- writes, and no migration may be under way. Looked at in the same step as the write, so that no
-- process of an older version can write once a migration has begun. EXPECTED is replaced by a number.
--
-- The key is not declared: it shares the hash tag of the first one. Scripts on keys of no prefecture
-- are let through. Without a version the data has the first, if there is any.
do
  local root = KEYS[1] and string.match(KEYS[1], '^tirage:{[^}]*}')
  local version = root and redis.call('GET', root .. ':data-version')
  if root and version ~= 'EXPECTED' then
    if version or ('EXPECTED' ~= '1' and redis.call('EXISTS', root .. ':prefecture') == 1) then
      return redis.error_reply('DATAVERSION ' .. (version or '1'))
    end
  end
end
