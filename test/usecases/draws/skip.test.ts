import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { addSlots, addWaiting, hourMs, openHouse, prefecture } from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';
import { createTypes } from '../../support/types.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
const keys = keysOf(prefecture);
afterAll(() => house.close());

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  await createTypes(store, ['a', 'b']);
});

async function plan(...requestTypes: string[]): Promise<string> {
  time.nowMs += hourMs;
  const types = requestTypes.length === 0 ? undefined : requestTypes;
  return (await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1', types)).id;
}

const advance = () => advanceDraws(house.steps(), prefecture);
const get = (id: string) => store.draws.get(prefecture, id);
const start = '2027-03-01T09:00:00+01:00';
const slot = (id: string, capacity: number, requestTypes = ['a', 'b']) => ({
  ...{ id, capacity, requestTypes, start },
});
const kinds = async () =>
  (await redis.lrange(keys.registerLeaves, 0, -1)).map((leaf) => JSON.parse(leaf).kind);

/** What a draw that is not held must leave as it was. */
async function stored() {
  const entries = await redis.hgetall(keys.entries);
  const reserves = await redis.hgetall(keys.reserves);
  return {
    entries,
    reserves,
    places: await world.places(),
    number: await redis.get(keys.drawNumber),
  };
}

async function drawn(): Promise<string> {
  await addSlots(store, [slot('s1', 1)]);
  for (const id of ['e1', 'e2', 'e3']) await addWaiting(store, id, { requestType: 'a' });
  const id = await plan();
  await advance();
  return id;
}

describe('a draw that is not held', () => {
  test.each([
    ['no_entries', () => addSlots(store, [slot('s1', 2)])],
    ['no_places', () => addWaiting(store, 'e1', { requestType: 'a' })],
    // Places of another type, or when nobody who waits can come, are none for them.
    [
      'no_places',
      async () => {
        await addSlots(store, [slot('s1', 2, ['b']), slot('s2', 2, ['a'])]);
        await addWaiting(store, 'e1', { requestType: 'a', accepts: { notBefore: '2028-01-01' } });
      },
    ],
  ] as const)('says so in public: %s', async (reason, prepare) => {
    await prepare();
    const before = await stored();
    const id = await plan();
    await advance();
    expect(await get(id)).toMatchObject({
      state: 'skipped',
      skipped: { atMs: time.nowMs, reason },
    });
    expect(await kinds()).toEqual(['scheduled', 'skipped']);
    expect(await stored()).toEqual(before);
    expect(await store.draws.unfinished(prefecture, time.nowMs)).toEqual([]);
    expect(await world.faults()).toEqual([]);
    await advance();
    expect(await kinds()).toHaveLength(2);
  });

  test('ends no reserve list, and counts no miss', async () => {
    const first = await drawn();
    const before = await stored();
    const id = await plan('a');
    await advance();
    expect(await get(id)).toMatchObject({ state: 'skipped', skipped: { reason: 'no_places' } });
    expect(await stored()).toEqual(before);
    expect(await get(first)).toMatchObject({ state: 'published' });
  });

  test('is one whose types nobody waits for, or all of whom sit out', async () => {
    await addSlots(store, [slot('s1', 1)]);
    await addWaiting(store, 'e1', { requestType: 'a' });
    await addWaiting(store, 'e2', { requestType: 'b', since: 3 });
    const id = await plan('b');
    const number = (await redis.get(keys.drawNumber)) ?? '0';
    await redis.hset(
      keys.entries,
      'e2',
      (await redis.hget(keys.entries, 'e2'))?.replace(/"n":\d+/, '"n":3') ?? '',
    );
    await advance();
    expect(await get(id)).toMatchObject({ state: 'skipped', skipped: { reason: 'no_entries' } });
    expect((await redis.get(keys.drawNumber)) ?? '0').toBe(number);
  });

  test('is not one whose places are the idle ones that a list gives back', async () => {
    await addSlots(store, [slot('s1', 2)]);
    await addWaiting(store, 'e1', { requestType: 'a' });
    await plan();
    await advance();
    await addWaiting(store, 'e2', { requestType: 'a' });
    const id = await plan('a');
    await advance();
    expect(await get(id)).toMatchObject({
      state: 'published',
      statistics: { places: 1, drawn: 1 },
    });
  });

  test('has its successor planned', async () => {
    const first = await scheduler.upsert(prefecture, 'daily', '0 9 * * *', 'agent1');
    time.nowMs = first.atMs;
    await advance();
    const { draws } = await store.draws.list(prefecture, { limit: 10 });
    expect(draws.map(({ state }) => state)).toEqual(['scheduled', 'skipped']);
  });
});

describe('a draw whose pool is gone when its freeze has begun', () => {
  test('is skipped, gives its places back, and is followed by the next', async () => {
    await addSlots(store, [slot('s1', 2)]);
    await addWaiting(store, 'e1', { requestType: 'a' });
    const id = await plan();
    const onStep = (name: string, { phase }: { phase: string }) => {
      if (name === 'freeze' && phase === 'begin') throw new Error('stopped');
    };
    await expect(advanceDraws({ ...house.steps(), onStep }, prefecture)).rejects.toThrow('stopped');
    await store.draws.beginFreeze(prefecture, id, time.nowMs);
    await redis.del(keys.entries, keys.identities, keys.counts);
    await advance();
    expect(await get(id)).toMatchObject({
      state: 'skipped',
      number: 1,
      skipped: { reason: 'no_entries' },
    });
    expect(await world.places()).toEqual({ free: 2, idle: 0, held: 0 });
    expect(await redis.exists(keys.freezing, keys.before, keys.activeDraw)).toBe(0);
    expect(await world.faults()).toEqual([]);
    await addWaiting(store, 'e2', { requestType: 'a' });
    const next = await plan();
    await advance();
    expect(await get(next)).toMatchObject({ state: 'published', number: 2 });
  });
});

describe('a plan that is given up', () => {
  test('is superseded before its freeze has begun, and void after', async () => {
    await addSlots(store, [slot('s1', 2)]);
    await addWaiting(store, 'e1', { requestType: 'a' });
    const by = { reason: 'wrong', agent: 'k1' };
    const one = await plan();
    expect(await store.draws.void(prefecture, one, by, time.nowMs)).toMatchObject({
      state: 'superseded',
    });
    const other = await plan();
    await store.draws.beginFreeze(prefecture, other, time.nowMs);
    expect(await store.draws.void(prefecture, other, by, time.nowMs)).toMatchObject({
      state: 'void',
    });
    await advance();
    expect(await kinds()).toEqual(['scheduled', 'superseded', 'scheduled', 'void']);
    expect(await world.faults()).toEqual([]);
  });

  test('ends in one way, however a freeze and an agent race', async () => {
    await addSlots(store, [slot('s1', 1)]);
    await addWaiting(store, 'e1', { requestType: 'a' });
    for (let round = 0; round < 10; round += 1) {
      const id = await plan();
      const [ended] = await Promise.all([
        store.draws.void(prefecture, id, { reason: 'wrong', agent: 'k1' }, time.nowMs),
        store.draws.beginFreeze(prefecture, id, time.nowMs).catch(() => undefined),
      ]);
      expect((await get(id))?.state).toBe(ended.state);
      await advance();
    }
    expect(await world.places()).toEqual({ free: 1, idle: 0, held: 0 });
    expect(await world.faults()).toEqual([]);
  });
});
