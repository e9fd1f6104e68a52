import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Registry, RegistryAnswer } from '#src/identity/directory/directory.ts';
import { recheckDocuments } from '#src/usecases/entries/recheck.ts';
import {
  createPrefecture,
  type House,
  openHouse,
  prefecture,
  sealedEntry,
} from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';

useRedis();
let house: House;
let answer: RegistryAnswer;
let asked: string[] = [];
const registry: Registry = {
  check: (number) => {
    asked.push(number);
    return Promise.resolve(answer);
  },
};
beforeEach(async () => {
  house = openHouse({ redisUrl: redisUrl() });
  asked = [];
  await createPrefecture(house.store);
});
afterEach(() => house.close());

const recheck = () => recheckDocuments({ ...house.steps(), registry }, prefecture);

async function toCheck(id: string, checkAtMs = house.time.nowMs): Promise<void> {
  const entry = sealedEntry(id, { documentCheck: 'due' });
  await house.store.entries.join(prefecture, entry, { messages: [], checkAtMs });
}

const checkOf = async (id: string) =>
  (await house.store.entries.get(prefecture, id))?.documentCheck;
const due = () => house.store.checks.due(prefecture, Number.MAX_SAFE_INTEGER, 1000);

test('a number that is known is said no more of', async () => {
  await toCheck('e1');
  answer = 'known';
  await recheck();
  expect(asked).toEqual(['0123456789']);
  expect(await checkOf('e1')).toBeUndefined();
  expect(await due()).toEqual([]);
  expect((await house.store.flags.list(prefecture, { state: 'open', limit: 10 })).flags).toEqual(
    [],
  );
});

test('an unknown number goes to an agent, once, and the entry stays', async () => {
  await toCheck('e1');
  answer = 'unknown';
  await recheck();
  await recheck();
  const entry = await house.store.entries.get(prefecture, 'e1');
  expect(entry).toMatchObject({ state: 'unverified', documentCheck: 'unknown' });
  const { flags } = await house.store.flags.list(prefecture, { state: 'open', limit: 10 });
  expect(flags).toMatchObject([{ entries: ['e1'], clues: ['registry'] }]);
  expect(asked).toHaveLength(1);
});

test('a registry that is still down is asked about one entry, and again in five minutes', async () => {
  await toCheck('e1');
  await toCheck('e2', house.time.nowMs + 1);
  house.time.nowMs += 1;
  answer = 'unavailable';
  await recheck();
  expect(asked).toHaveLength(1);
  expect(await due()).toEqual(['e2', 'e1']);
  answer = 'known';
  await recheck();
  expect(asked).toHaveLength(2);
  house.time.nowMs += 5 * 60_000;
  await recheck();
  expect(await due()).toEqual([]);
});

test('who has left or was erased is not asked about', async () => {
  for (const id of ['e1', 'e2']) await toCheck(id);
  await house.store.entries.leave(prefecture, 'e1', 'withdraw', house.time.nowMs);
  await house.store.entries.leave(prefecture, 'e2', 'erase', house.time.nowMs);
  await recheck();
  expect(asked).toEqual([]);
  expect(await due()).toEqual([]);
});

test('one sweep checks two hundred, the next one the others', async () => {
  await Promise.all(Array.from({ length: 201 }, (_, i) => toCheck(`e${i}`)));
  answer = 'known';
  await recheck();
  expect(await due()).toHaveLength(1);
  await recheck();
  expect(await due()).toEqual([]);
});
