import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import type { PriorityGround } from '#src/domain/priorities/state.ts';
import type { EntropySource } from '#src/identity/entropy/entropy.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  hourMs,
  openHouse,
  prefecture,
} from '../../support/house.ts';
import { recordVerdict } from '../../support/record-verdict.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

useRedis();
const steps: string[] = [];
const house = openHouse({
  redisUrl: redisUrl(),
  onStep: (name, { phase }) => {
    if (phase === 'begin') steps.push(name);
  },
});
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  steps.length = 0;
  await createPrefecture(store);
});

const ids = (count: number) => Array.from({ length: count }, (_, n) => `e${n}`);
const planned = () => scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
const advance = () => advanceDraws(house.steps(), prefecture);
const draw = async (id: string) => {
  const found = await store.draws.get(prefecture, id);
  if (!found) throw new Error('no draw');
  return found;
};
const total = async () => {
  const { free, idle, held } = await world.places();
  return free + idle + held;
};

describe('a due draw', () => {
  test('goes from its plan to offers, and its record verifies', async () => {
    await addSlots(store, [{ id: 's1', capacity: 3 }]);
    for (const id of ids(7)) await addWaiting(store, id);
    const { id } = await planned();
    await advance();
    const done = await draw(id);
    expect(done).toMatchObject({ state: 'published', number: 1, frozenAtMs: time.nowMs });
    expect(done.statistics).toMatchObject({ entries: 7, places: 3, drawn: 3 });
    expect(steps).toEqual([
      ...['freeze', 'snapshot', 'manifest', 'allocate', 'seal', 'offers', 'publish'],
    ]);
    const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
    expect(offers.map(({ state, via, slot }) => [state, via, slot])).toEqual(
      Array(3).fill(['pending', 'draw', 's1']),
    );
    expect(offers[0]?.deadlineMs).toBe(time.nowMs + 72 * hourMs);
    expect(await store.messages.due(prefecture, 10)).toHaveLength(3);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', winners: 3 });
    expect(await world.faults()).toEqual([]);
    expect(await total()).toBe(3);
    await advance();
    expect(await draw(id)).toEqual(done);
  });

  test('takes slots that can still be answered and are of use, the others wait', async () => {
    const soon = new Date(sampleNowMs + 59 * hourMs).toISOString().slice(0, 19);
    const later = new Date(sampleNowMs + 61 * hourMs).toISOString().slice(0, 19);
    await addSlots(store, [
      { id: 'soon', start: `${soon}+00:00` },
      { id: 'later', start: `${later}+00:00` },
      { id: 'foreign', requestTypes: ['nobody-knows'] },
    ]);
    for (const id of ids(9)) await addWaiting(store, id);
    const { id } = await planned();
    await advance();
    const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
    expect(offers.map(({ slot }) => slot)).toEqual(['later', 'later']);
    expect(await total()).toBe(6);
  });

  test('gives places of the track to those whom two agents put there, and counts them', async () => {
    const rule = (before: Prefecture) => ({ ...before, rules: { priorityMax: 2 } });
    await store.prefectures.update(prefecture, rule, time.nowMs);
    await addSlots(store, [{ id: 's1', capacity: 2 }]);
    for (const id of ids(40)) await addWaiting(store, id);
    const grounds = { e0: 'court_order', e1: 'health', e2: 'health', e3: 'health' } as const;
    const untilMs = time.nowMs + hourMs;
    const propose = (id: string, ground: PriorityGround, until = untilMs) =>
      store.priorities.propose(prefecture, id, {
        ...{ ground, untilMs: until, agent: 'a1', nowMs: time.nowMs - 1 },
      });
    const approve = (id: string) =>
      store.priorities.decide(prefecture, id, 'approve', { agent: 'a2', nowMs: time.nowMs - 1 });
    for (const [id, ground] of Object.entries(grounds)) await propose(id, ground);
    for (const id of ['e4', 'e5']) await propose(id, 'health');
    for (const id of [...Object.keys(grounds), 'e4', 'e5']) await approve(id);
    // Proposed alone, and run out: neither counts.
    await propose('e6', 'health');
    await propose('e7', 'health', time.nowMs);
    await approve('e7');
    const { id } = await planned();
    await advance();
    const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
    expect(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']).toEqual(
      expect.arrayContaining(offers.map(({ entry }) => entry)),
    );
    expect(offers).toHaveLength(2);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', winners: 2 });
    const leaves = await house.redis.lrange(keysOf(prefecture).registerLeaves, 0, -1);
    const counted = leaves
      .map((leaf) => JSON.parse(leaf))
      .filter(({ kind }) => kind === 'priority');
    expect(counted).toMatchObject([
      { counts: { renewal: 6 }, other: 0, grounds: {}, otherGrounds: 6 },
    ]);
  });

  test('applies the rules of the instant of its freeze', async () => {
    const rules = { quotas: { renewal: { max: 1 } } };
    await store.prefectures.update(prefecture, (now) => ({ ...now, rules }), time.nowMs);
    await addSlots(store, [{ id: 's1', capacity: 3 }]);
    for (const id of ids(3)) await addWaiting(store, id);
    const { id } = await planned();
    await store.draws.beginFreeze(prefecture, id, time.nowMs);
    await store.prefectures.update(prefecture, (now) => ({ ...now, rules: {} }), time.nowMs);
    await advance();
    expect((await draw(id)).manifest?.rules).toEqual({ quotas: { renewal: { max: 1 } } });
    expect((await draw(id)).statistics?.drawn).toBe(1);
  });

  test('closes the one before: idle places come back, misses count once', async () => {
    await addSlots(store, [{ id: 's1', capacity: 1 }]);
    for (const id of ids(3)) await addWaiting(store, id);
    const first = await planned();
    await advance();
    await addSlots(store, [{ id: 's2', capacity: 5 }]);
    time.nowMs += 24 * hourMs;
    const second = await planned();
    await advance();
    expect((await draw(first.id)).state).toBe('closed');
    const { entries } = await store.entries.list(prefecture, { limit: 100 });
    const winner = (await store.offers.list(prefecture, first.id, { limit: 9 })).offers[0]?.entry;
    expect(entries.map(({ id, missed }) => [id, missed]).sort()).toEqual(
      ids(3).map((id) => [id, id === winner ? 0 : 1]),
    );
    expect((await draw(second.id)).statistics).toMatchObject({ entries: 2, places: 5, drawn: 2 });
    expect(await recordVerdict(store, second.id)).toMatchObject({ verdict: 'verified' });
    expect(await total()).toBe(6);
    expect(await world.faults()).toEqual([]);
  });

  test('of a schedule has its successor planned as soon as it is taken up', async () => {
    const first = await scheduler.upsert(prefecture, 'daily', '0 9 * * *', 'agent1');
    time.nowMs = first.atMs;
    await advance();
    const { draws } = await store.draws.list(prefecture, { limit: 10 });
    expect(draws.map(({ state }) => state)).toEqual(['scheduled', 'skipped']);
    expect(draws[0]).toMatchObject({ schedule: 'daily', atMs: first.atMs + 24 * hourMs });
  });

  test('waits for entropy that nobody can know yet, and is woken in time', async () => {
    await addSlots(store, [{ id: 's1' }]);
    await addWaiting(store, 'e1');
    let untilMs = time.nowMs + 30_000;
    const round = house.deps.entropy;
    const entropy: EntropySource = {
      ...round,
      reveal: async (...given) =>
        time.nowMs < untilMs ? { outcome: 'waiting', untilMs } : round.reveal(...given),
    };
    const { id } = await planned();
    await house.queues.draws.drain(true);
    await advanceDraws(house.steps({ entropy }), prefecture);
    expect((await draw(id)).state).toBe('frozen');
    const [job] = await house.queues.draws.getDelayed();
    expect(job).toMatchObject({ name: 'tick', delay: 30_000 });
    time.nowMs = untilMs;
    untilMs = 0;
    await advanceDraws(house.steps({ entropy }), prefecture);
    expect((await draw(id)).state).toBe('published');
  });
});

describe('a paused prefecture', () => {
  test('begins no step of a draw until it is resumed', async () => {
    await addSlots(store, [{ id: 's1' }]);
    await addWaiting(store, 'e1');
    const { id } = await planned();
    await store.prefectures.pause(prefecture, 'a doubt', time.nowMs);
    await advance();
    expect((await draw(id)).state).toBe('scheduled');
    await store.prefectures.resume(prefecture, time.nowMs);
    await advance();
    expect((await draw(id)).state).toBe('published');
  });

  test('stops a draw between two steps', async () => {
    await addSlots(store, [{ id: 's1' }]);
    await addWaiting(store, 'e1');
    const { id } = await planned();
    const entropy: EntropySource = {
      ...house.deps.entropy,
      reveal: async (...given) => {
        await store.prefectures.pause(prefecture, 'a doubt', time.nowMs);
        return house.deps.entropy.reveal(...given);
      },
    };
    await advanceDraws(house.steps({ entropy }), prefecture);
    expect((await draw(id)).state).toBe('drawn');
    expect((await store.offers.list(prefecture, id, { limit: 9 })).offers).toEqual([]);
  });

  test('winners whose slot came too near meanwhile are told, and keep their place in line', async () => {
    await addSlots(store, [{ id: 's1', capacity: 1, start: '2026-12-08T09:00:00+01:00' }]);
    await addWaiting(store, 'e1');
    const { id } = await planned();
    const entropy: EntropySource = {
      ...house.deps.entropy,
      reveal: async (...given) => {
        await store.prefectures.pause(prefecture, 'a doubt', time.nowMs);
        return house.deps.entropy.reveal(...given);
      },
    };
    await advanceDraws(house.steps({ entropy }), prefecture);
    time.nowMs = Date.parse('2026-12-07T09:00:00+01:00');
    await store.prefectures.resume(prefecture, time.nowMs);
    await advance();
    expect((await store.offers.list(prefecture, id, { limit: 9 })).offers[0]?.state).toBe(
      'revoked',
    );
    expect(await store.entries.get(prefecture, 'e1')).toMatchObject({ state: 'waiting' });
    expect((await draw(id)).state).toBe('published');
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', events: 1 });
  });

  test('still unwinds a void draw', async () => {
    await addSlots(store, [{ id: 's1', capacity: 2 }]);
    for (const id of ids(3)) await addWaiting(store, id);
    const { id } = await planned();
    await advance();
    await store.prefectures.pause(prefecture, 'a doubt', time.nowMs);
    await store.draws.void(prefecture, id, { reason: 'a doubt', agent: 'agent1' }, time.nowMs);
    await advance();
    expect(await world.places()).toEqual({ free: 2, idle: 0, held: 0 });
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', isVoid: true });
    expect(await world.faults()).toEqual([]);
  });
});

test('a draw made void between two steps ends there, and the next one is drawn', async () => {
  await addSlots(store, [{ id: 's1', capacity: 2 }]);
  for (const id of ids(3)) await addWaiting(store, id);
  const first = await planned();
  const entropy: EntropySource = {
    ...house.deps.entropy,
    reveal: async (place, owner) => {
      if (owner.id === first.id) {
        const reason = { reason: 'a doubt', agent: 'agent1' };
        await store.draws.void(prefecture, first.id, reason, time.nowMs);
      }
      return house.deps.entropy.reveal(place, owner);
    },
  };
  await advanceDraws(house.steps({ entropy }), prefecture);
  expect((await draw(first.id)).state).toBe('void');
  expect(await world.places()).toEqual({ free: 2, idle: 0, held: 0 });
  const second = await planned();
  await advance();
  expect((await draw(second.id)).statistics?.drawn).toBe(2);
});
