import type { Redis } from 'ioredis';
import { beforeEach, describe, expect, test } from 'vitest';
import { decideSlotChange, decideSlotRemoval } from '#src/domain/slots/change.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { SlotStore } from '#src/store/slots/store.ts';
import { prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { killEverywhere } from '../../support/faulty-redis.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const draw = '20261201-abcdef';
let world: DrawWorld;
beforeEach(async () => {
  world = new DrawWorld(redis);
  await world.open({ places: 3, entries: 1 });
});

const change = (members: Parameters<typeof decideSlotChange>[1], store = world.store.slots) =>
  store.change(prefecture, 's1', (standing) => decideSlotChange(standing, members));
const remove = (store = world.store.slots) => store.change(prefecture, 's1', decideSlotRemoval);
const standing = async () => (await world.store.slots.standings(prefecture, ['s1']))[0];

/** A store whose next script is run only after something else has happened. */
function after(happens: () => Promise<unknown>): SlotStore {
  let isFirst = true;
  const slow = new Proxy(redis, {
    get(target, name, receiver) {
      if (name !== 'evalsha') return Reflect.get(target, name, receiver);
      return async (...args: Parameters<Redis['evalsha']>) => {
        if (isFirst) {
          isFirst = false;
          await happens();
        }
        return redis.evalsha(...args);
      };
    },
  });
  return new SlotStore(slow);
}

test('a change is the slot and its places together, and nothing is left of one that goes', async () => {
  expect((await change({ capacity: 5, site: 'antony' })).outcome).toBe('done');
  expect(await world.store.slots.get(prefecture, 's1')).toMatchObject({
    capacity: 5,
    site: 'antony',
  });
  expect(await world.places()).toEqual({ free: 5, idle: 0, held: 0 });
  expect(await world.faults()).toEqual([]);
  expect((await remove()).outcome).toBe('done');
  expect(await redis.exists(keys.slots, keys.places)).toBe(0);
  expect((await remove()).outcome).toBe('none');
});

describe.each(['before it', 'while it is written'] as const)('a freeze that begins %s', (when) => {
  const slots = async () => {
    if (when === 'while it is written') return after(() => world.begin(draw));
    await world.begin(draw);
    return world.store.slots;
  };

  test('keeps the slot as it is', async () => {
    expect((await change({ capacity: 1 }, await slots())).outcome).toBe('frozen');
    expect((await remove()).outcome).toBe('frozen');
    expect(await world.places()).toEqual({ free: 0, idle: 3, held: 0 });
  });
});

test('an import under way keeps every slot as it is', async () => {
  await redis.hset(keys.importLock, { id: 'other', count: 1, startedAtMs: world.nowMs });
  expect((await change({ capacity: 1 })).outcome).toBe('busy');
  expect((await remove()).outcome).toBe('busy');
  expect((await standing())?.free).toBe(3);
});

describe('of a slot of a published draw', () => {
  beforeEach(() => world.draw(draw));

  test('idle places are taken out, the held one stays, and the sum is right', async () => {
    expect(await standing()).toMatchObject({
      free: 0,
      idle: [{ draw, state: 'published', places: 2 }],
    });
    expect((await change({ capacity: 0 })).outcome).toBe('frozen');
    expect((await change({ capacity: 1 })).outcome).toBe('done');
    expect((await change({ capacity: 1 })).outcome).toBe('unchanged');
    expect(await world.places()).toEqual({ free: 0, idle: 0, held: 1 });
    expect(await world.store.slots.get(prefecture, 's1')).toMatchObject({
      capacity: 3,
      lowered: 2,
    });
    expect(await world.faults()).toEqual([]);
  });

  test('counts those that wait for an answer', async () => {
    expect(await world.store.slots.countPending(prefecture, 's1')).toBe(1);
    expect(await world.store.slots.countPending(prefecture, 's2')).toBe(0);
    await world.store.offers.settle(prefecture, `${draw}.e0001`, 'accept', world.nowMs);
    expect(await world.store.slots.countPending(prefecture, 's1')).toBe(0);
  });

  test('what is lower than nothing is a fault', async () => {
    const text = (await redis.hget(keys.slots, 's1')) ?? '';
    await redis.hset(keys.slots, 's1', text.replace('}', ',"lowered":4}'));
    expect(await world.faults()).toContain('slot s1 cannot be read');
    await redis.hset(keys.slots, 's1', text.replace('}', ',"lowered":1}'));
    expect(await world.faults()).toEqual(['slot s1 has 2 places, and 3 are given or free']);
  });
});

test('a freed place that goes to somebody meanwhile is theirs', async () => {
  for (const id of ['e0002', 'e0003', 'e0004']) await world.addEntry(id);
  await world.draw(draw);
  await world.store.offers.settle(prefecture, `${draw}.e0001`, 'decline', world.nowMs);
  const { events } = await world.replay(draw);
  const offer = world.newOffer(draw, { entry: 'e0004', slot: 's1' });
  const taken = after(() => world.store.offers.refill(prefecture, offer, events));
  expect((await change({ capacity: 2 }, taken)).outcome).toBe('frozen');
  expect(await world.places()).toEqual({ free: 0, idle: 0, held: 3 });
  expect(await world.faults()).toEqual([]);
});

test.each(['command', 'reply'] as const)(
  'a change whose process dies, its %s lost, is made once when it is repeated',
  async (lost) => {
    await world.draw(draw);
    const deaths = await killEverywhere(
      redis,
      lost,
      (dying) => change({ capacity: 2 }, new SlotStore(dying)),
      async () => {
        expect((await change({ capacity: 2 })).outcome).toMatch(/done|unchanged/);
        expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
        expect(await world.faults()).toEqual([]);
      },
    );
    expect(deaths).toBeGreaterThan(1);
  },
);
