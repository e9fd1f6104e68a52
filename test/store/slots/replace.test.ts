import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { decideSlotChange } from '#src/domain/slots/change.ts';
import { REPLACEMENT_LISTS, type Replacement } from '#src/domain/slots/replace.ts';
import type { SlotRecord } from '#src/domain/slots/slot.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { runImport, settleImport } from '#src/store/slots/staging.ts';
import { SlotStore } from '#src/store/slots/store.ts';
import { prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { killEverywhere } from '../../support/faulty-redis.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs, sampleSlot } from '../../support/samples.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const muchLaterMs = sampleNowMs + 61_000;
const span = { from: '2026-12-14', to: '2026-12-18' };
let world: DrawWorld;
let slots: SlotStore;
beforeEach(async () => {
  world = new DrawWorld(redis);
  slots = world.store.slots;
  await world.open({ places: 0, entries: 1 });
});

const counts = (replacement: Replacement) =>
  Object.fromEntries(REPLACEMENT_LISTS.map((name) => [name, replacement[name].length]));
const traces = () => redis.exists(keys.importLock, keys.importLines, keys.importGone);
const idsThere = async () => (await redis.hkeys(keys.slots)).sort();
const many = (prefix: string, count: number, members: Partial<SlotRecord> = {}) =>
  Array.from({ length: count }, (_, at) => sampleSlot({ id: `${prefix}${at}`, ...members }));

test('a plan of days takes the place of what was there, and only there', async () => {
  const other = { start: '2026-12-21T09:00:00+01:00' };
  await slots.importAll(prefecture, many('a', 3), sampleNowMs);
  await slots.importAll(prefecture, many('other', 1, other), sampleNowMs);
  const plan = { span, slots: [sampleSlot({ id: 'a0', capacity: 5 }), sampleSlot({ id: 'b' })] };
  const preview = await slots.previewReplacement(prefecture, plan, sampleNowMs);
  expect(await idsThere()).toEqual(['a0', 'a1', 'a2', 'other0']);
  const done = await slots.replace(prefecture, plan, sampleNowMs);
  expect(done).toEqual(preview);
  expect(counts(done)).toEqual({ added: 1, changed: 1, removed: 2, kept: 0, unchanged: 0 });
  expect(await slots.places(prefecture)).toEqual(
    new Map([
      ['a0', 5],
      ['b', 2],
      ['other0', 2],
    ]),
  );
  expect(await idsThere()).toEqual(['a0', 'b', 'other0']);
  const again = await slots.replace(prefecture, plan, sampleNowMs);
  expect(counts(again)).toEqual({ added: 0, changed: 0, removed: 0, kept: 0, unchanged: 2 });
  expect(await world.faults()).toEqual([]);
});

test('slots that are closed while their replacement is staged stay as they are', async () => {
  await slots.importAll(prefecture, many('a', 2), sampleNowMs);
  const ids = ['a0', 'a1'];
  const why = { id: 'c1', cause: 'strike', agent: 'k1', atMs: sampleNowMs } as const;
  const closure = { ...why, scope: { slots: ids }, slots: 2 };
  const closing = async () => {
    const staged = ids.map((slot) => ({ slot }));
    await world.store.closures.begin(prefecture, closure, staged);
    await world.store.closures.closeSlots(prefecture, closure, ids);
    return { put: [sampleSlot({ id: 'a0', capacity: 5 })], gone: ['a1'] };
  };
  await runImport(redis, prefecture, sampleNowMs, closing);
  expect(await slots.places(prefecture)).toEqual(new Map());
  expect(await slots.getMany(prefecture, ids)).toMatchObject([{ capacity: 2 }, { capacity: 2 }]);
  expect(await world.faults()).toEqual([]);
});

test('an id of a slot on another day is refused with its line, and nothing is done', async () => {
  const other = { id: 'other', start: '2026-12-21T09:00:00+01:00' };
  await slots.importAll(prefecture, [...many('a', 1), sampleSlot(other)], sampleNowMs);
  const plan = { span, slots: [sampleSlot(), sampleSlot({ id: 'other' })] };
  const refused = { code: 'slot_duplicate', member: 'lines[1].id' };
  await expect(slots.replace(prefecture, plan, sampleNowMs)).rejects.toMatchObject(refused);
  expect(await idsThere()).toEqual(['a0', 'other']);
  expect(await traces()).toBe(0);
});

describe('a draw that begins', () => {
  const draw = '20261201-abcdef';
  const plan = { span, slots: [sampleSlot({ id: 'b' })] };
  beforeEach(() => slots.importAll(prefecture, many('a', 2), sampleNowMs));

  test('before it keeps what it took', async () => {
    await world.begin(draw);
    const done = await slots.replace(prefecture, plan, sampleNowMs);
    expect(counts(done)).toEqual({ added: 1, changed: 0, removed: 0, kept: 2, unchanged: 0 });
    expect(await world.places()).toEqual({ free: 2, idle: 4, held: 0 });
  });

  test('while it is staged keeps what it took: the plan is made once more', async () => {
    let hasBegun = false;
    const slow = new Proxy(redis, {
      get(target, name, receiver) {
        if (name !== 'hmget' || hasBegun) return Reflect.get(target, name, receiver);
        return async (...args: [string, ...string[]]) => {
          hasBegun = true;
          const read = await redis.hmget(...args);
          await world.begin(draw);
          return read;
        };
      },
    });
    const done = await new SlotStore(slow).replace(prefecture, plan, sampleNowMs);
    expect(counts(done)).toEqual({ added: 1, changed: 0, removed: 0, kept: 2, unchanged: 0 });
    expect(await idsThere()).toEqual(['a0', 'a1', 'b']);
    expect(await world.places()).toEqual({ free: 2, idle: 4, held: 0 });
    expect(await world.faults()).toEqual([]);
    expect(await traces()).toBe(0);
  });
});

describe.each(['command', 'reply'] as const)(
  'a new plan whose process dies, its %s lost',
  (lost) => {
    test('is there whole or not at all, wherever it died; a draw waits for it', async () => {
      const outcomes = new Set<string>();
      const deaths = await killEverywhere(
        redis,
        lost,
        async (dying) => {
          await redis.flushdb();
          await world.open({ places: 0, entries: 0 });
          await slots.importAll(prefecture, many('a', 700), sampleNowMs);
          const plan = { span, slots: [...many('a', 1, { capacity: 9 }), ...many('b', 600)] };
          return new SlotStore(dying).replace(prefecture, plan, sampleNowMs);
        },
        async (n) => {
          const isComplete = (await redis.hget(keys.importLock, 'complete')) === '1';
          const begun = await world.begin('20261201-abcdef');
          expect(begun.outcome === 'import_pending', `a freeze at ${n}`).toBe(isComplete);
          const taken = await redis.hlen(keys.drawPlaces('20261201-abcdef'));
          await settleImport(redis, prefecture, muchLaterMs);
          const there = await redis.hlen(keys.slots);
          outcomes.add(`${there}`);
          expect([700, 601], `killed at command ${n}`).toContain(there);
          if (begun.outcome === 'freezing') expect(taken).toBe(there);
          expect(await traces()).toBe(0);
          expect(await world.faults()).toEqual([]);
        },
      );
      expect(deaths).toBeGreaterThan(8);
      expect(outcomes).toEqual(new Set(['700', '601']));
    });
  },
);

test('an import that an earlier process left does not mix with a new plan', async () => {
  await redis.hset(keys.importLock, { id: 'dead', startedAtMs: sampleNowMs });
  await redis.rpush(keys.importGone, 'a0');
  await slots.importAll(prefecture, many('a', 1), muchLaterMs);
  expect(await idsThere()).toEqual(['a0']);
  expect(await traces()).toBe(0);
});

test('places are as a simple model says, whatever is planned, frozen and changed', async () => {
  const plan = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 6 }), capacity: fc.integer({ min: 1, max: 3 }) }),
    { selector: ({ id }) => id, maxLength: 6 },
  );
  const act = fc.oneof(
    fc.record({ what: fc.constant('replace' as const), plan }),
    fc.record({ what: fc.constant('freeze' as const) }),
    fc.record({ what: fc.constant('change' as const), plan }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      await redis.flushdb();
      await world.open({ places: 0, entries: 0 });
      const model = new Map<string, { capacity: number; isFrozen: boolean }>();
      let isFrozen = false;
      for (const one of acts) {
        if (one.what === 'freeze') {
          if (isFrozen) continue; // another draw cannot begin
          await world.begin('d1');
          isFrozen = true;
          for (const slot of model.values()) slot.isFrozen = true;
        } else if (one.what === 'replace') {
          const planned = one.plan.map(({ id, capacity }) =>
            sampleSlot({ id: `s${id}`, capacity }),
          );
          await slots.replace(prefecture, { span, slots: planned }, sampleNowMs);
          for (const [id, slot] of model) if (!slot.isFrozen) model.delete(id);
          for (const { id, capacity } of planned) {
            if (!model.has(id)) model.set(id, { capacity, isFrozen: false });
          }
        } else {
          for (const { id, capacity } of one.plan) {
            const slot = model.get(`s${id}`);
            await slots.change(prefecture, `s${id}`, (now) => decideSlotChange(now, { capacity }));
            if (slot && !slot.isFrozen) slot.capacity = capacity;
          }
        }
        const wanted = [...model].map(([id, { capacity }]) => [id, capacity]).sort();
        const stored = await slots.getMany(prefecture, await idsThere());
        expect(stored.map((slot) => [slot?.id, slot?.capacity]).sort()).toEqual(wanted);
        expect(await world.faults()).toEqual([]);
      }
    }),
    { numRuns: 30, seed: 3 },
  );
}, 60_000);
