import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { settleImport } from '#src/store/slots/staging.ts';
import { SlotStore } from '#src/store/slots/store.ts';
import { failAfter, killEverywhere } from '../../support/faulty-redis.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs, sampleSlot } from '../../support/samples.ts';

const redis = useRedis();
const slots = new SlotStore(redis);
const keys = keysOf('92');
const muchLaterMs = sampleNowMs + 61_000;

const some = (count: number) => Array.from({ length: count }, () => sampleSlot());
/** What an import leaves behind: nothing, when it is over. */
const traces = () => redis.exists(keys.importLock, keys.importLines);

describe('an import', () => {
  test('adds every slot, and each place of theirs is free', async () => {
    const lines = [...some(3), sampleSlot({ id: '__proto__', capacity: 4 })];
    expect(await slots.importAll('92', lines, sampleNowMs)).toEqual({ imported: 4 });
    const ids = lines.map(({ id }) => id);
    expect(await slots.getMany('92', [...ids, 'none'])).toEqual([...lines, undefined]);
    expect(await slots.get('92', ids[0] ?? '')).toEqual(lines[0]);
    expect(await slots.get('92', 'none')).toBeUndefined();
    const places = await slots.places('92');
    expect(places).toEqual(new Map(lines.map(({ id, capacity }) => [id, capacity])));
    expect(await traces()).toBe(0);
  });

  test('of thousands of lines comes in pages', async () => {
    const lines = some(2300);
    await slots.importAll('92', lines, sampleNowMs);
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const from = cursor === undefined ? {} : { cursor };
      const page = await slots.list('92', { limit: 200, ...from });
      for (const slot of page.slots) seen.add(slot.id);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(new Set(lines.map(({ id }) => id)));
  });

  test('of no line at all is fine', async () => {
    expect(await slots.importAll('92', [], sampleNowMs)).toEqual({ imported: 0 });
    expect(await traces()).toBe(0);
  });

  test('with an id twice names the second line, and adds nothing', async () => {
    const lines = [...some(3), sampleSlot({ id: 'twin' }), sampleSlot({ id: 'twin' })];
    await expect(slots.importAll('92', lines, sampleNowMs)).rejects.toMatchObject({
      code: 'slot_duplicate',
      member: 'lines[4].id',
    });
    expect(await redis.exists(keys.slots, keys.places)).toBe(0);
  });

  test('with an id that exists names its line, and adds nothing', async () => {
    const there = sampleSlot();
    await slots.importAll('92', [there], sampleNowMs);
    const lines = [...some(700), there];
    await expect(slots.importAll('92', lines, sampleNowMs)).rejects.toMatchObject({
      code: 'slot_duplicate',
      member: 'lines[700].id',
    });
    expect(await redis.hlen(keys.slots)).toBe(1);
    expect(await traces()).toBe(0);
    expect(await slots.importAll('92', some(2), sampleNowMs)).toEqual({ imported: 2 });
  });

  test('refuses another beside it', async () => {
    const outcomes = await Promise.allSettled([
      slots.importAll('92', some(1200), sampleNowMs),
      slots.importAll('92', some(1200), sampleNowMs),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['import_in_progress']);
    expect(await redis.hlen(keys.slots)).toBe(1200);
  });

  test('that was taken for abandoned adds nothing when it wakes up', async () => {
    let asleep: Promise<unknown> | undefined;
    const sleepy = new SlotStore(
      new Proxy(redis, {
        get(target, name, receiver) {
          if (name !== 'hmget') return Reflect.get(target, name, receiver);
          // It falls asleep after it took the lock: another import drops it and does its work.
          return async (...args: [string, ...string[]]) => {
            asleep ??= slots.importAll('92', [sampleSlot({ id: 'other' })], muchLaterMs);
            await asleep;
            return redis.hmget(...args);
          };
        },
      }),
    );
    await expect(sleepy.importAll('92', some(600), sampleNowMs)).rejects.toMatchObject({
      code: 'import_in_progress',
    });
    expect(await redis.hkeys(keys.slots)).toEqual(['other']);
    expect(await traces()).toBe(0);
  });
});

describe.each(['command', 'reply'] as const)(
  'an import whose process dies, its %s lost',
  (lost) => {
    test('is there whole or not at all, wherever it died', async () => {
      const lines = some(1300);
      const outcomes = new Set<number>();
      const deaths = await killEverywhere(
        redis,
        lost,
        async (dying) => {
          await redis.flushdb();
          return new SlotStore(dying).importAll('92', lines, sampleNowMs);
        },
        async (n) => {
          await settleImport(redis, '92', muchLaterMs);
          const present = await redis.hlen(keys.slots);
          outcomes.add(present);
          expect([0, 1300], `killed at command ${n}`).toContain(present);
          expect((await slots.places('92')).size).toBe(present);
          expect(await traces()).toBe(0);
          // The same file again: it is added now, or each of its lines is there already.
          const again = slots.importAll('92', lines, muchLaterMs);
          if (present === 0) expect(await again).toEqual({ imported: 1300 });
          else await expect(again).rejects.toMatchObject({ member: 'lines[0].id' });
        },
      );
      expect(deaths).toBeGreaterThan(8);
      expect(outcomes).toEqual(new Set([0, 1300]));
    });
  },
);

describe('an import that may be alive', () => {
  test('is left alone for a minute, then dropped', async () => {
    const dying = new SlotStore(failAfter(redis, 5));
    await expect(dying.importAll('92', some(1300), sampleNowMs)).rejects.toThrow('killed');
    expect(await settleImport(redis, '92', sampleNowMs + 60_000)).toBe('pending');
    await expect(slots.importAll('92', some(1), sampleNowMs)).rejects.toMatchObject({
      code: 'import_in_progress',
    });
    expect(await settleImport(redis, '92', muchLaterMs)).toBe('dropped');
    expect(await settleImport(redis, '92', muchLaterMs)).toBe('none');
    expect(await redis.exists(keys.slots)).toBe(0);
  });

  test('is kept if it became complete just before it would be dropped', async () => {
    await redis.hset(keys.importLock, { id: 'slow', count: 1, startedAtMs: sampleNowMs });
    const { id, ...slot } = sampleSlot();
    await redis.rpush(keys.importLines, id, slot.capacity, JSON.stringify(slot));
    const late = new Proxy(redis, {
      get(target, name, receiver) {
        if (name !== 'hgetall') return Reflect.get(target, name, receiver);
        return async (key: string) => {
          const read = await redis.hgetall(key);
          await redis.hset(keys.importLock, 'complete', '1');
          return read;
        };
      },
    });
    expect(await settleImport(late, '92', muchLaterMs)).toBe('pending');
    expect(await settleImport(redis, '92', muchLaterMs)).toBe('finished');
    expect(await slots.get('92', id)).toEqual({ id, ...slot });
  });

  test('two may finish at once: no line is lost or added twice', async () => {
    const lines = some(3000);
    await killEverywhere(
      redis,
      'reply',
      async (dying) => {
        await redis.flushdb();
        return new SlotStore(dying).importAll('92', lines, sampleNowMs);
      },
      async () => {
        if ((await redis.hget(keys.importLock, 'complete')) === null) return;
        await Promise.all([
          settleImport(redis, '92', sampleNowMs),
          settleImport(redis, '92', sampleNowMs),
        ]);
        const places = await slots.places('92');
        expect([...places.values()].reduce((sum, count) => sum + count, 0)).toBe(6000);
      },
    );
  });
});
