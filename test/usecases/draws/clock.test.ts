import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { drandEntropy } from '#src/identity/entropy/drand.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawStore } from '#src/store/draws/store.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { clockOffset, MOST_CLOCK_OFF_MS } from '#src/usecases/draws/clock.ts';
import { createDrawScheduler } from '#src/usecases/draws/scheduler.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import type { WorkerDeps } from '#src/workers/deps.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  hourMs,
  openHouse,
  prefecture,
} from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';

useRedis();
const house = openHouse({ redisUrl: redisUrl(), nowMs: Date.now() });
const { store, redis } = house;
afterAll(() => house.close());

const start = `${new Date(Date.now() + 240 * hourMs).toISOString().slice(0, 19)}+00:00`;
const keys = keysOf(prefecture);
const logged: { readonly level: number; readonly offsetMs?: number }[] = [];
const logger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
/** What a worker in real time is given, whose clock is off by so much. */
const aheadBy = (offMs: number, over: Partial<WorkerDeps> = {}) =>
  house.steps({ playsTime: undefined, clock: () => Date.now() + offMs, logger, ...over });
const refused = () => logged.filter(({ level }) => level === 50);
const planned = (over: Partial<WorkerDeps> = {}) =>
  createDrawScheduler({ ...house.deps, ...over }).scheduleOnce(prefecture, 0, 'agent1');
const drawOf = async (id: string) => {
  const found = await store.draws.get(prefecture, id);
  if (!found) throw new Error('no draw');
  return found;
};

/** A connection that does something else before each script. */
function delayed(first: () => Promise<void>): Redis {
  const run = (name: 'eval' | 'evalsha') => {
    return async (script: string, keyCount: number, ...rest: (string | number)[]) => {
      if (name === 'evalsha') await first();
      return redis[name](script, keyCount, ...rest);
    };
  };
  return new Proxy(redis, {
    get(target, name, receiver) {
      if (name === 'eval' || name === 'evalsha') return run(name);
      return Reflect.get(target, name, receiver);
    },
  });
}

beforeEach(async () => {
  logged.length = 0;
  await createPrefecture(store);
  await addSlots(store, [{ id: 's1', capacity: 2, start }]);
  for (const id of ['e1', 'e2', 'e3']) await addWaiting(store, id);
});

describe('the instant of a freeze', () => {
  test.each([-1500, 1500])('is of the clock of Redis, not of a worker %i ms off', async (offMs) => {
    const { id } = await planned();
    const beforeMs = await store.draws.clockMs(prefecture);
    await advanceDraws(aheadBy(offMs), prefecture);
    const { frozenAtMs = 0, state } = await drawOf(id);
    expect(state).toBe('published');
    expect(frozenAtMs).toBeGreaterThanOrEqual(beforeMs);
    expect(frozenAtMs).toBeLessThanOrEqual(await store.draws.clockMs(prefecture));
  });

  test('comes after all that was written before it, however long its call took', async () => {
    const { id } = await planned();
    let leftMs = 0;
    // While the call is on its way, somebody leaves, later than any clock that was read before it.
    const meanwhile = async () => {
      const sentMs = await store.draws.clockMs(prefecture);
      while ((await store.draws.clockMs(prefecture)) < sentMs + 5);
      await store.entries.leave(prefecture, 'e1', 'withdraw', sentMs);
      leftMs = await store.draws.clockMs(prefecture);
    };
    const begun = await new DrawStore(delayed(meanwhile)).beginFreeze(prefecture, id);
    const { entries } = await store.entries.readFrozen(prefecture);
    expect(entries.map((entry) => entry.id).sort()).toEqual(['e2', 'e3']);
    expect(begun).toMatchObject({ outcome: 'freezing' });
    expect('frozenAtMs' in begun && begun.frozenAtMs).toBeGreaterThanOrEqual(leftMs);
  });

  test('is kept when the freeze is repeated', async () => {
    const { id } = await planned();
    const begun = await store.draws.beginFreeze(prefecture, id);
    expect(await store.draws.beginFreeze(prefecture, id)).toEqual(begun);
  });

  test('is the clock by which the round of drand is chosen', async () => {
    const relays = { ask: () => Promise.resolve(undefined) };
    const drand = drandEntropy({ relays, marginSeconds: 30, clock: Date.now });
    const seen: number[] = [];
    const entropy: typeof drand = {
      ...drand,
      declare: (of, nowMs) => {
        seen.push(nowMs);
        return drand.declare(of, nowMs);
      },
    };
    const { id } = await planned({ entropy });
    const beforeMs = await store.draws.clockMs(prefecture);
    await advanceDraws(aheadBy(-1900, { entropy }), prefecture);
    expect((await drawOf(id)).state).toBe('frozen');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThanOrEqual(beforeMs);
  });
});

describe('a worker whose clock is off', () => {
  test.each([-5000, 5000])('by %i ms draws nothing, ends nothing, and says so', async (offMs) => {
    const first = await planned();
    await advanceDraws(aheadBy(0), prefecture);
    await addSlots(store, [{ id: 's2', capacity: 1, start }]);
    const second = await planned();
    const stored = async () => [
      await drawOf(first.id),
      await drawOf(second.id),
      await redis.hgetall(keys.reserves),
      await redis.llen(keys.registerLeaves),
    ];
    const before = await stored();
    const off = aheadBy(offMs);
    await advanceDraws(off, prefecture);
    expect(await stored()).toEqual(before);
    expect(refused()).toHaveLength(1);
    expect(Math.abs((refused()[0]?.offsetMs ?? 0) - offMs)).toBeLessThan(500);
    const [{ value = 0 } = {}] = (await off.metrics.clockOffset.get()).values;
    expect(Math.abs(value * 1000 - offMs)).toBeLessThan(500);
    // As soon as it is right again.
    await advanceDraws(aheadBy(0), prefecture);
    expect((await drawOf(first.id)).state).toBe('closed');
    expect((await drawOf(second.id)).number).toBe(2);
  });

  test('goes no further with a draw that has begun', async () => {
    const { id } = await planned();
    await store.draws.beginFreeze(prefecture, id);
    await advanceDraws(aheadBy(3000), prefecture);
    expect((await drawOf(id)).state).toBe('scheduled');
    await advanceDraws(aheadBy(0), prefecture);
    expect((await drawOf(id)).state).toBe('published');
  });

  test('by a week ends no offer before its time', async () => {
    const { id } = await planned();
    await advanceDraws(aheadBy(0), prefecture);
    const pending = async () =>
      (await store.offers.list(prefecture, id, { limit: 9 })).offers.map(({ state }) => state);
    expect(await pending()).toEqual(['pending', 'pending']);
    await sweep(aheadBy(168 * hourMs), prefecture);
    expect(await pending()).toEqual(['pending', 'pending']);
    expect(refused()).toHaveLength(1);
  });

  test('is one that no slow answer explains', () => {
    const read = { beforeMs: 10_000, afterMs: 19_000 };
    expect(clockOffset({ ...read, redisMs: 10_000 })).toBe(0);
    expect(clockOffset({ ...read, redisMs: 18_999 })).toBe(0);
    expect(clockOffset({ ...read, redisMs: 9000 })).toBe(1000);
    expect(clockOffset({ ...read, redisMs: 21_500 })).toBe(-2500);
    expect(MOST_CLOCK_OFF_MS).toBe(2000);
  });
});
