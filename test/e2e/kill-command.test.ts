import type { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { createStore } from '#src/store/store.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { DrawWorld } from '../support/draw-world.ts';
import { killEverywhere } from '../support/faulty-redis.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  hourMs,
  openHouse,
  prefecture,
} from '../support/house.ts';
import { recordVerdict } from '../support/record-verdict.ts';
import { redisUrl, useRedis } from '../support/redis.ts';
import { sampleNowMs } from '../support/samples.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time } = house;
const world = new DrawWorld(redis);
afterAll(() => house.close());

// The same secrets for every run: the same pool then has the same outcome.
const first = await house.deps.entropy.prepare(prefecture, 'd1');
const second = await house.deps.entropy.prepare(prefecture, 'd2');
const firstMs = sampleNowMs;
const secondMs = sampleNowMs + 72 * hourMs;

async function plan(id: 'd1' | 'd2', atMs: number): Promise<void> {
  const entropy = id === 'd1' ? first : second;
  const times = { atMs, scheduledAtMs: sampleNowMs };
  await store.draws.schedule(prefecture, { id, state: 'scheduled', ...times, ...entropy });
}

/** A pool of twelve, two request types' worth of slots, and a draw that is due. */
async function beforeDraw(): Promise<void> {
  await redis.flushdb();
  time.nowMs = firstMs;
  await createPrefecture(store);
  await addSlots(store, [
    { id: 's1', capacity: 2 },
    { id: 's2', capacity: 1, start: '2026-12-16T09:00:00+01:00' },
    { id: 'near', capacity: 1, start: '2026-12-02T09:00:00+01:00' },
  ]);
  for (let n = 0; n < 12; n += 1) await addWaiting(store, `e${n}`);
  await plan('d1', firstMs);
}

/** The first draw done; one offer answered, one place freed, one offer about to end. */
async function beforeSweep(): Promise<void> {
  await beforeDraw();
  await advanceDraws(house.steps(), prefecture);
  const offers = await offersOf('d1');
  const [one, two] = offers.map(({ entry }) => `d1.${entry}`);
  await store.offers.settle(prefecture, one ?? '', 'accept', time.nowMs);
  await store.offers.settle(prefecture, two ?? '', 'decline', time.nowMs);
  time.nowMs = firstMs + 72 * hourMs;
}

async function beforeSecondDraw(): Promise<void> {
  await beforeSweep();
  await sweep(house.steps(), prefecture);
  await addSlots(store, [{ id: 's4', capacity: 1, start: '2026-12-22T09:00:00+01:00' }]);
  await plan('d2', secondMs);
}

/** The whole database as it stands, put back by the function that is returned. */
async function snapshot(): Promise<() => Promise<void>> {
  const keys = await redis.keys('*');
  const values = await Promise.all(
    keys.map(async (key) => ({
      key,
      ttl: await redis.pttl(key),
      dump: await redis.dumpBuffer(key),
    })),
  );
  const { nowMs } = time;
  return async () => {
    const pipeline = redis.pipeline().flushdb();
    for (const { key, ttl, dump } of values) pipeline.restore(key, Math.max(0, ttl), dump);
    await pipeline.exec();
    time.nowMs = nowMs;
  };
}

async function offersOf(id: string) {
  const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
  return offers.sort((a, b) => (a.entry < b.entry ? -1 : 1));
}

/** Everything that must be the same, however often a worker died on the way. */
async function state() {
  const { entries } = await store.entries.list(prefecture, { limit: 100 });
  const { draws } = await store.draws.list(prefecture, { limit: 100 });
  return {
    outcomes: draws.map(({ id, state: of, outcomeHash }) => [id, of, outcomeHash]),
    offers: [...(await offersOf('d1')), ...(await offersOf('d2'))],
    entries: entries.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ sealed: _, ...rest }) => rest),
    messages: (await store.messages.due(prefecture, 1000)).sort(),
    events: [
      await store.draws.events(prefecture, 'd1'),
      await store.draws.events(prefecture, 'd2'),
    ],
    places: await world.places(),
  };
}

async function expectSound(draws: readonly string[], places: number): Promise<void> {
  expect(await world.faults()).toEqual([]);
  const { free, idle, held } = await world.places();
  expect(free + idle + held).toBe(places);
  const messages = await store.messages.due(prefecture, 1000);
  expect(messages).toHaveLength(new Set(messages).size);
  for (const id of draws) {
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
  }
}

const cases = [
  { name: 'a draw', prepare: beforeDraw, run: advanceDraws, draws: ['d1'], places: 4, least: 30 },
  {
    ...{ name: 'a sweep with refills', prepare: beforeSweep, run: sweep, draws: ['d1'] },
    ...{ places: 4, least: 15 },
  },
  {
    name: 'the draw after it',
    prepare: beforeSecondDraw,
    run: advanceDraws,
    draws: ['d1', 'd2'],
    places: 5,
    least: 30,
  },
];

describe.each(cases)('$name', ({ prepare, run, draws, places, least }) => {
  test.each(['command', 'reply'] as const)(
    'killed at any command (the %s lost) and run again ends as if nothing had happened',
    async (lost) => {
      await prepare();
      const putBack = await snapshot();
      await run(house.steps(), prefecture);
      await expectSound(draws, places);
      const expected = await state();

      const died = await killEverywhere(
        redis,
        lost,
        async (faulty) => {
          await putBack();
          const dying = createStore(faulty as Redis); // as given
          await run(house.steps({ store: dying }), prefecture);
        },
        async () => {
          await run(house.steps(), prefecture);
          await expectSound(draws, places);
          expect(await state()).toEqual(expected);
        },
      );
      expect(died).toBeGreaterThan(least);
    },
    120_000,
  );
});
