import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readScript, Script } from '#src/store/core/script.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();
/** Functions that other scripts include: not scripts by themselves. */
const isShared = (file: string) => !/^-- KEYS/m.test(readScript(file));
const files = globSync('src/store/*/lua/*.lua')
  .map((file) => file.replace('src/store/', '').replace('/lua/', '/'))
  .filter((file) => !isShared(file));

test('an include line is replaced by the shared functions it names', () => {
  const source = readScript('entries/leave.lua');
  expect(source).not.toMatch(/^-- include/m);
  expect(source.match(/local function (write_entry|append_leaf|append_event)\(/g)).toHaveLength(3);
});

test.each(files)('%s compiles, and says what it takes and returns', async (file) => {
  const source = readScript(file);
  expect(await redis.script('LOAD', source)).toMatch(/^[0-9a-f]{40}$/);
  expect(source).toMatch(/^-- KEYS\[1\] /m);
  expect(source).toMatch(/^-- ARGV/m);
  expect(source).toMatch(/^-- Returns /m);
});

test('a script that the server forgot is loaded again', async () => {
  const script = new Script('messages/drop-due.lua', z.int());
  await redis.rpush('due', 'a');
  await redis.script('FLUSH');
  expect(await script.run(redis, ['due'], ['a'])).toBe(1);
  expect(await script.run(redis, ['due'], ['a'])).toBe(0);
});

test('a reply of another form is an error', async () => {
  const script = new Script('messages/drop-due.lua', z.literal('never'));
  await expect(script.run(redis, ['due'], ['a'])).rejects.toThrow(z.ZodError);
});
