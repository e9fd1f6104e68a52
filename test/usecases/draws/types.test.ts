import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { createStore } from '#src/store/store.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { killEverywhere } from '../../support/faulty-redis.ts';
import { addSlots, addWaiting, hourMs, openHouse, prefecture } from '../../support/house.ts';
import { recordVerdict } from '../../support/record-verdict.ts';
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
  await createTypes(store, ['a', 'b', 'c']);
});

/** A draw of some request types, absent: all, from its plan to its publication. */
async function drawOf(...requestTypes: string[]): Promise<string> {
  time.nowMs += hourMs;
  const types = requestTypes.length === 0 ? undefined : requestTypes;
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1', types);
  await advanceDraws(house.steps(), prefecture);
  return id;
}

const sweepNow = () => sweep(house.steps(), prefecture);
const stateOf = async (id: string) => (await store.draws.get(prefecture, id))?.state;
const missedBy = async (id: string) => (await world.entry(id)).missed;

async function offersOf(draw: string) {
  const { offers } = await store.offers.list(prefecture, draw, { limit: 1000 });
  return offers.toSorted((x, y) => (x.entry < y.entry ? -1 : 1));
}

async function addMany(requestType: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await addWaiting(store, `${requestType}${at}`, { requestType });
}

const slot = (id: string, requestTypes: readonly string[], capacity = 1) => ({
  ...{ id, requestTypes, capacity },
  start: '2027-03-01T09:00:00+01:00',
});

async function decline(draw: string, slotId: string): Promise<string> {
  const found = (await offersOf(draw)).find(
    ({ slot: of, state }) => of === slotId && state === 'pending',
  );
  if (!found) throw new Error(`nobody holds ${slotId}`);
  await store.offers.settle(prefecture, `${draw}.${found.entry}`, 'decline', time.nowMs);
  return found.entry;
}

describe('an emergency draw of one request type', () => {
  test('leaves reserve list, offers, places and misses of the other types untouched', async () => {
    await addSlots(store, [slot('sa', ['a'], 2), slot('sb', ['b'], 2)]);
    await addMany('a', 5);
    await addMany('b', 5);
    const first = await drawOf();
    const before = (await offersOf(first)).filter(({ requestType }) => requestType === 'b');
    expect(before).toHaveLength(2);

    await addSlots(store, [slot('ua', ['a'], 1), slot('ub', ['b'], 1)]);
    const urgent = await drawOf('a');
    expect(await store.draws.get(prefecture, urgent)).toMatchObject({
      ...{ state: 'published', number: 2, requestTypes: ['a'] },
      statistics: { entries: 3, places: 1, drawn: 1, requestTypes: { a: { waiting: 3 } } },
    });
    expect(await store.draws.get(prefecture, first)).toMatchObject({
      state: 'published',
      ended: ['a'],
    });
    expect(await store.draws.reserves(prefecture)).toEqual(
      new Map([
        ['a', urgent],
        ['b', first],
        ['c', first],
      ]),
    );
    const after = (await offersOf(first)).filter(({ requestType }) => requestType === 'b');
    expect(after).toEqual(before);
    // The slot for b waits for a draw of b, and nobody of b has missed anything.
    expect(await redis.hgetall(keys.places)).toEqual({ ub: '1' });
    for (let at = 0; at < 5; at += 1) expect(await missedBy(`b${at}`)).toBe(0);
    const missed = await Promise.all([0, 1, 2, 3, 4].map((at) => missedBy(`a${at}`)));
    expect(missed.reduce((sum, one) => sum + one, 0)).toBe(3);

    // A place of b goes down the list of the first draw, one of a to the next draw of a.
    await decline(first, 'sb');
    await decline(first, 'sa');
    await sweepNow();
    const again = (await offersOf(first)).filter(({ via }) => via === 'refill');
    expect(again.map(({ slot: of, requestType }) => [of, requestType])).toEqual([['sb', 'b']]);
    expect(await redis.hgetall(keys.places)).toEqual({ ub: '1', sa: '1' });
    await decline(urgent, 'ua');
    await sweepNow();
    expect((await offersOf(urgent)).map(({ via }) => via).toSorted()).toEqual(['draw', 'refill']);
    for (const id of [first, urgent]) {
      expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', refills: 1 });
    }
    expect(await world.faults()).toEqual([]);
  });

  test('takes along the idle places of a slot that other types share', async () => {
    await addSlots(store, [slot('sab', ['a', 'b'], 3), slot('sb', ['b'], 1)]);
    await addMany('a', 1);
    await addMany('b', 1);
    const first = await drawOf();
    expect((await offersOf(first)).length).toBe(2);
    await addWaiting(store, 'late', { requestType: 'a' });
    const urgent = await drawOf('a');
    expect((await offersOf(urgent)).map(({ entry, slot: of }) => [entry, of])).toEqual([
      ['late', 'sab'],
    ]);
    expect(await world.faults()).toEqual([]);
  });

  test('counts the misses of another type at its own next draw, once', async () => {
    await addSlots(store, [slot('sa', ['a']), slot('sb', ['b'])]);
    await addMany('a', 2);
    await addMany('b', 2);
    const first = await drawOf();
    for (const name of ['x', 'y']) {
      await addSlots(store, [slot(`${name}a`, ['a'])]);
      await addWaiting(store, `a-${name}`, { requestType: 'a' });
      await drawOf('a');
    }
    expect(await stateOf(first)).toBe('published');
    await addSlots(store, [slot('zb', ['b'])]);
    const last = await drawOf('b');
    expect(await stateOf(first)).toBe('published');
    expect(await store.draws.reserves(prefecture)).toMatchObject({ size: 3 });
    const waits = (await Promise.all(['b0', 'b1'].map(missedBy))).toSorted();
    expect(waits).toEqual([0, 1]);
    expect(await offersOf(last)).toHaveLength(1);
    expect(await world.faults()).toEqual([]);
  });
});

describe('who leaves', () => {
  test('is in the record of the draw that has the entry: under way, or in use for its type', async () => {
    await addSlots(store, [slot('sa', ['a']), slot('sb', ['b'])]);
    await addMany('a', 3);
    await addMany('b', 3);
    const first = await drawOf();
    await addSlots(store, [slot('ta', ['a'])]);
    const urgent = await drawOf('a');
    const waits = async (type: string) => {
      const all = await Promise.all([0, 1, 2].map((at) => world.entry(`${type}${at}`)));
      return all.find(({ state }) => state === 'waiting')?.id ?? '';
    };
    const [ofA, ofB] = [await waits('a'), await waits('b')];
    await addWaiting(store, 'new-a', { requestType: 'a' });
    for (const id of [ofA, ofB, 'new-a']) {
      await store.entries.leave(prefecture, id, 'withdraw', time.nowMs);
    }
    expect(await world.laterEvents(first)).toEqual([{ type: 'withdrawn', entry: ofB }]);
    expect(await world.laterEvents(urgent)).toEqual([{ type: 'withdrawn', entry: ofA }]);
    expect(await world.faults()).toEqual([]);
  });

  test('while a draw of their type is under way is in its record, not in the older one', async () => {
    await addSlots(store, [slot('sa', ['a']), slot('sb', ['b'])]);
    await addMany('a', 3);
    await addMany('b', 2);
    const first = await drawOf();
    await addSlots(store, [slot('ta', ['a'])]);
    const steps = house.steps();
    const stopped = new Error('stopped');
    const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1', ['a']);
    const onStep = (name: string, { phase }: { phase: string }) => {
      if (name === 'allocate' && phase === 'begin') throw stopped;
    };
    await expect(advanceDraws({ ...steps, onStep }, prefecture)).rejects.toBe(stopped);
    const all = await Promise.all([0, 1, 2].map((at) => world.entry(`a${at}`)));
    const ofA = all.find(({ state }) => state === 'waiting')?.id ?? '';
    await store.entries.leave(prefecture, ofA, 'withdraw', time.nowMs);
    expect(await world.laterEvents(first)).toEqual([]);
    expect(await world.laterEvents(id)).toEqual([{ type: 'withdrawn', entry: ofA }]);
    await advanceDraws(steps, prefecture);
    expect(await stateOf(id)).toBe('published');
    expect(await world.faults()).toEqual([]);
  });
});

describe('a worker that dies while it ends the lists of two draws', () => {
  test.each(['command', 'reply'] as const)(
    'at any command: each miss is counted once, no place is lost: lost %s',
    async (lost) => {
      await addSlots(store, [slot('sa', ['a'], 2), slot('sb', ['b'], 2), slot('sc', ['c'], 1)]);
      for (const type of ['a', 'b', 'c']) await addMany(type, 4);
      const first = await drawOf('a', 'c');
      const second = await drawOf('b');
      const drop = await decline(first, 'sa');
      await addSlots(store, [slot('ta', ['a', 'c'], 1), slot('tb', ['b'], 1)]);
      time.nowMs += hourMs;
      const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1', ['a', 'b']);
      const died = await killEverywhere(
        house.redis,
        lost,
        (dying) => advanceDraws(house.steps({ store: createStore(dying) }), prefecture),
        async () => expect(await world.faults()).toEqual([]),
      );
      expect(died).toBeGreaterThan(15);
      expect(await stateOf(first)).toBe('published');
      expect(await stateOf(second)).toBe('closed');
      expect(await stateOf(id)).toBe('published');
      const { free, idle, held } = await world.places();
      expect(free + idle + held).toBe(7);
      const { entries } = await store.entries.list(prefecture, { limit: 100 });
      const missed = (type: string) =>
        entries.filter(({ requestType, missed: of }) => requestType === type && of > 0);
      expect([missed('a'), missed('b'), missed('c')].map(({ length }) => length)).toEqual([
        2, 2, 0,
      ]);
      expect(entries.every(({ missed: of }) => of <= 1)).toBe(true);
      expect(drop).toMatch(/^a/);
      expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
    },
    60_000,
  );
});

describe('a void draw of some types', () => {
  test('gives its list up, and is repeated for the same types', async () => {
    await addSlots(store, [slot('sa', ['a']), slot('sb', ['b'])]);
    await addMany('a', 3);
    await addMany('b', 3);
    const ofB = await drawOf('b');
    const ofA = await drawOf('a');
    await store.draws.void(prefecture, ofA, { reason: 'wrong', agent: 'k1' }, time.nowMs);
    await advanceDraws(house.steps(), prefecture);
    expect(await store.draws.reserves(prefecture)).toEqual(new Map([['b', ofB]]));
    const repeat = await scheduler.repeat(prefecture, { replaces: ofA, atMs: time.nowMs }, 'k1');
    expect(repeat).toMatchObject({ requestTypes: ['a'], replaces: ofA });
    await advanceDraws(house.steps(), prefecture);
    expect(await stateOf(repeat.id)).toBe('published');
    expect(await world.faults()).toEqual([]);
  });

  test('cannot be one that later draws build on', async () => {
    await addSlots(store, [slot('sa', ['a']), slot('sb', ['b']), slot('sc', ['c'])]);
    await addMany('a', 3);
    await addMany('b', 3);
    const first = await drawOf();
    const reason = { reason: 'wrong', agent: 'k1' };
    await addMany('c', 1);
    await drawOf('c');
    // Nobody of c was in the first draw.
    await addSlots(store, [slot('ta', ['a'])]);
    await drawOf('a');
    await expect(store.draws.void(prefecture, first, reason, time.nowMs)).rejects.toMatchObject({
      code: 'draw_settled',
    });
  });
});
