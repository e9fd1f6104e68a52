import { afterAll, beforeEach, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { createStore } from '#src/store/store.ts';
import { dispatchMessages } from '#src/workers/dispatch.ts';
import { killEverywhere } from '../support/faulty-redis.ts';
import { createPrefecture, openHouse, prefecture } from '../support/house.ts';
import { redisUrl, useRedis } from '../support/redis.ts';

useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, queues } = house;
afterAll(() => house.close());
beforeEach(() => createPrefecture(store));

async function addMessages(count: number, kind = 'welcome'): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, n) => `${kind}.e${String(n).padStart(5, '0')}.1`);
  await house.redis.rpush(keysOf(prefecture).mailDue, ...ids);
  return ids;
}
const jobIds = async () => (await queues.notifications.getWaiting()).map(({ id }) => id).sort();

test('every due message becomes a job of its name, that carries ids only', async () => {
  const ids = await addMessages(1201);
  await dispatchMessages(house.steps(), prefecture);
  expect(await store.messages.due(prefecture, 10)).toEqual([]);
  expect(await jobIds()).toEqual(ids);
  const job = await queues.notifications.getJob('welcome.e00007.1');
  expect(job?.data).toEqual({ prefecture, message: 'welcome.e00007.1' });
});

test('attempts of a message end within six hours', async () => {
  await addMessages(1);
  await dispatchMessages(house.steps(), prefecture);
  const job = await queues.notifications.getJob('welcome.e00000.1');
  const { attempts = 0, backoff } = job?.opts ?? {};
  const { delay = 0 } = Object(backoff) as { delay?: number };
  expect(attempts).toBe(8);
  expect(delay * (2 ** (attempts - 1) - 1)).toBeLessThan(6 * 3_600_000);
});

test('a code does not queue behind other messages', async () => {
  await addMessages(3);
  await addMessages(1, 'code');
  await dispatchMessages(house.steps(), prefecture);
  const [first] = await queues.notifications.getWaiting(0, 0);
  expect(first?.id).toBe('code.e00000.1');
});

test('a dispatch that dies anywhere and is repeated makes each job once', async () => {
  await addMessages(700);
  const died = await killEverywhere(
    house.redis,
    'reply',
    (redis) => dispatchMessages(house.steps({ store: createStore(redis) }), prefecture),
    async () => {
      const ids = await jobIds();
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
  expect(died).toBeGreaterThan(2);
  expect(await jobIds()).toHaveLength(700);
  expect(await store.messages.due(prefecture, 10)).toEqual([]);
});

test('more than one job may move is left for the next one', async () => {
  await addMessages(10_001);
  await dispatchMessages(house.steps(), prefecture);
  expect(await store.messages.due(prefecture, 10)).toEqual(['welcome.e10000.1']);
  expect(await queues.dispatch.getWaitingCount()).toBe(1);
});
