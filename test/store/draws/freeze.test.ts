import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import type { Entry } from '#src/allocator/types.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { drawEntry } from '#src/domain/entries/pool.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawStore } from '#src/store/draws/store.ts';
import { decodeEntry } from '#src/store/entries/codec.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { failAfter } from '../../support/faulty-redis.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const entries = new EntryStore(redis);
const keys = keysOf('92');

// Connections of their own, so that the order of commands is Redis's choice, not ours.
const connections = Array.from({ length: 4 }, () => new Redis(redisUrl()));
afterAll(() => Promise.all(connections.map((connection) => connection.quit())));

/** A connection that copies all entries in the same transaction as each script. */
function copying(copies: Record<string, string>[]): Redis {
  const run = (name: 'eval' | 'evalsha') => {
    return async (script: string, keyCount: number, ...rest: (string | number)[]) => {
      const step = redis.multi();
      step[name](script, keyCount, ...rest).hgetall(keys.entries);
      const [[error, reply] = [], [, copy] = []] = (await step.exec()) ?? [];
      if (error) throw error;
      copies.push(copy as Record<string, string>); // reply of HGETALL
      return reply;
    };
  };
  return new Proxy(redis, {
    get(target, name, receiver) {
      if (name === 'eval' || name === 'evalsha') return run(name);
      return Reflect.get(target, name, receiver);
    },
  });
}

/**
 * Begins a freeze, and returns the pool of that very instant, taken by other means than the
 * overlay: by a copy of all entries in the transaction that begins it.
 */
async function freeze(draw: string): Promise<Entry[]> {
  const copies: Record<string, string>[] = [];
  await new DrawStore(redis).schedule('92', {
    id: draw,
    state: 'scheduled',
    atMs: sampleNowMs,
    scheduledAtMs: sampleNowMs,
    agent: 'agent',
    entropy: { source: 'operator', commitment: 'c'.repeat(64) },
  });
  const begun = await new DrawStore(copying(copies)).beginFreeze('92', draw, sampleNowMs);
  expect(begun.outcome).toBe('freezing');
  return Object.entries(copies.at(-1) ?? {})
    .map(([id, raw]) => decodeEntry(id, raw))
    .filter((entry) => entry.state === 'waiting')
    .map((one) => drawEntry(one, sampleNowMs, {}))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const pool = async () => (await entries.readFrozen('92')).entries;

async function endFreeze(): Promise<void> {
  await redis.multi().del(keys.freezing, keys.activeDraw).unlink(keys.before).exec();
}

async function crowd(size: number, members: Partial<EntryRecord> = {}): Promise<EntryRecord[]> {
  const people = Array.from({ length: size }, () => sampleEntry(members));
  await Promise.all(people.map((entry) => entries.join('92', entry, { messages: [] })));
  return people;
}

/** For each person in turn: a join, a verification, changes and departures. */
async function writeFor({ id, state }: EntryRecord, i: number, store: EntryStore): Promise<void> {
  const joining = sampleEntry();
  await Promise.all([
    store.join('92', joining, { messages: [] }),
    state === 'unverified'
      ? store.change('92', id, (entry) => ({ entry: { ...entry, state: 'waiting' } }))
      : store.change('92', id, (entry) => ({ entry: { ...entry, accepts: { sites: ['a'] } } })),
  ]);
  await Promise.all([
    store.change('92', joining.id, (entry) => ({ entry: { ...entry, state: 'waiting' } })),
    i % 2 === 0
      ? store.leave('92', id, i % 4 === 0 ? 'erase' : 'withdraw', sampleNowMs)
      : store.change('92', id, (entry) => ({ entry: { ...entry, missed: entry.missed + 1 } })),
  ]);
}

/** Writes without pause until told to stop, for ten people at a time. */
async function write(connection: Redis, people: EntryRecord[], running: () => boolean) {
  const store = new EntryStore(connection);
  for (let at = 0; at < people.length && running(); at += 10) {
    await Promise.all(people.slice(at, at + 10).map((one, i) => writeFor(one, i, store)));
  }
}

describe('a freeze', () => {
  test('is one instant, whatever is written while the pool is read', async () => {
    for (let round = 1; round <= 4; round += 1) {
      const waiting = await crowd(2500, { state: 'waiting' });
      const unverified = await crowd(500);
      const people = waiting.flatMap((entry, i) => [entry, ...unverified.slice(i, i + 1)]);
      let running = true;
      const share = Math.floor(people.length / connections.length);
      const writing = connections.map((connection, i) =>
        write(connection, people.slice(i * share, (i + 1) * share), () => running),
      );

      const expected = await freeze(`draw-${round}`);
      const first = await pool();
      const writtenMeanwhile = await redis.hlen(keys.before);
      // A worker that crashed reads again, later, and sees the same.
      const again = await pool();
      running = false;
      await Promise.all(writing);

      expect(writtenMeanwhile).toBeGreaterThan(20);
      expect(first).toEqual(expected);
      expect(again).toEqual(expected);
      expect(await pool()).toEqual(expected);
      await endFreeze();
    }
  });

  test('of an empty waitlist has an empty pool', async () => {
    await freeze('draw-1');
    await crowd(3, { state: 'waiting' });
    expect(await pool()).toEqual([]);
  });

  test('does not see a miss counted after it', async () => {
    await crowd(3, { state: 'waiting' });
    const expected = await freeze('draw-1');
    expect(await entries.countMisses('92', { number: 1, isEligible: () => true })).toBe(3);
    expect(await pool()).toEqual(expected);
  });

  test('that is not under way cannot be read', async () => {
    await expect(entries.readFrozen('92')).rejects.toThrow('no freeze is under way');
  });

  test('whose reader dies at any command is read whole by the next', async () => {
    await crowd(50, { state: 'waiting' });
    const expected = await freeze('draw-1');
    await crowd(50, { state: 'waiting' });
    for (let n = 1; n <= 3; n += 1) {
      const dying = new EntryStore(failAfter(redis, n));
      await expect(dying.readFrozen('92')).rejects.toThrow('killed');
      expect(await pool()).toEqual(expected);
    }
  });
});
