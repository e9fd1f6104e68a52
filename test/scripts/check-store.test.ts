import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { fillStore } from '../support/full-store.ts';
import { openHouse, prefecture } from '../support/house.ts';
import { redisUrl, useRedis } from '../support/redis.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const keys = keysOf(prefecture);
const user = `reader-${process.env.VITEST_POOL_ID}`;
beforeEach(async () => {
  await fillStore(house);
  // Whatever it did besides reading would be refused.
  const may = ['+@read', '+@connection', '+@transaction', '+@scripting', '+info'];
  await redis.call('ACL', 'SETUSER', user, 'reset', 'on', '>secret', '~*', ...may);
});
afterAll(async () => {
  const admin = new Redis(redisUrl());
  await admin.call('ACL', 'DELUSER', user);
  await admin.quit();
  await house.close();
});

async function check(...args: string[]) {
  const url = new URL(redisUrl());
  Object.assign(url, { username: user, password: 'secret' });
  const child = spawn(process.execPath, ['scripts/check-store.ts', ...args], {
    env: { PATH: process.env.PATH, REDIS_URL: url.href },
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, out, errors };
}

test('a sound store is said to be so in one line, by a user who may only read', async () => {
  const { code, out, errors } = await check('--prefecture', prefecture);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(out).toMatch(/^92: sound; checked 1 prefectures, \d+ keys, .*16 entries.*1 registers\n$/);
}, 30_000);

test('the first fault is named, or all of them, and no value with it', async () => {
  await redis.hdel(keys.identities, 'one-e09');
  await redis.hset(keys.letters, 'offer.e10.x', '{"day":"Ada Lovelace"}');
  await redis.hincrby(keys.places, 's1', 3);
  const one = await check('--prefecture', prefecture);
  expect(one).toMatchObject({ code: 1, errors: '' });
  const fault = 'identities: entry e09 is live and its identity does not lead to it\n';
  expect(one.out).toContain(fault);
  expect(one.out).toContain('92: 1 fault(s), not everything was looked at; checked ');
  const all = await check('--prefecture', prefecture, '--all');
  expect(all.code).toBe(1);
  expect(all.out.split('\n')).toHaveLength(5);
  expect(all.out).toContain(fault);
  expect(all.out).toContain('places: slot s1 has 5 places, and 8 are given or free\n');
  expect(all.out).toContain('values: letter offer.e10.x cannot be read\n');
  expect(all.out).not.toContain('Lovelace');
}, 60_000);

test('what cannot be used is refused, and help is help', async () => {
  const bad = await Promise.all([
    check(),
    check('--prefecture', 'no such*thing'),
    check('--prefecture', prefecture, '--fix'),
    check('--prefecture', '93'),
  ]);
  expect(bad.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  expect(bad[0]?.errors).toMatch(/^usage: npm run/);
  expect(bad[3]?.errors).toBe('no prefecture 93\n');
  const help = await check('--help');
  expect(help).toMatchObject({ code: 0, errors: '' });
  expect(help.out).toMatch(/^usage: npm run/);
}, 60_000);

test('data of a newer release is not judged by an older one', async () => {
  await redis.set(keys.dataVersion, '1000000');
  const { code, out, errors } = await check('--prefecture', prefecture);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(errors).toContain('start the newer release');
}, 30_000);
