import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DATA_VERSION } from '#src/store/core/data-version.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { openData } from '#src/store/core/open-data.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { failAfter, KilledError } from '../../support/faulty-redis.ts';
import { useRedis } from '../../support/redis.ts';
import { dumpRedis, restoreRedis } from '../../support/release/dump.ts';
import { readRelease } from '../../support/release/files.ts';
import { prefecture } from '../../support/release/world.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const options = { log: () => {}, waitMs: 1 };
const release = () => restoreRedis(redis, readRelease('0.1.0', 'dump.ndjson'));
const currentDraw = keys.activeDraw.replace('active', 'current');

/** All that belongs to the service; times that run out go on meanwhile. */
async function stored(): Promise<string[]> {
  const lines = (await dumpRedis(redis)).split('\n');
  return lines.filter((line) => line.includes('"key":"tirage') && !line.includes('"ttlMs"'));
}

interface Kept {
  readonly name: string;
  readonly dump: Buffer;
  /** -1: for ever. */
  readonly ttlMs: number;
}

async function dumps(): Promise<Kept[]> {
  const names = (await redis.keys('*')).sort();
  const reading = redis.pipeline();
  for (const name of names) reading.dumpBuffer(name).pttl(name);
  const replies = ((await reading.exec()) ?? []).map(([, reply]) => reply);
  return names.flatMap((name, at): Kept[] => {
    const [dump, ttlMs] = replies.slice(2 * at, 2 * at + 2);
    return Buffer.isBuffer(dump) ? [{ name, dump, ttlMs: Number(ttlMs) }] : [];
  });
}

/** Keeps all that is stored; what it returns puts it back, and nothing else. */
async function keepAll(): Promise<() => Promise<void>> {
  const kept = await dumps();
  return async () => {
    const step = redis.multi().flushdb();
    for (const { name, dump, ttlMs } of kept) step.restore(name, Math.max(0, ttlMs), dump);
    await step.exec();
  };
}

/** A hash of all that belongs to the service and stays, byte for byte. */
async function fingerprint(): Promise<string> {
  const all = await dumps();
  const own = all.filter(({ name, ttlMs }) => name.startsWith('tirage') && ttlMs < 0);
  return hash('sha256', Buffer.concat(own.flatMap(({ name, dump }) => [Buffer.from(name), dump])));
}

describe('what 0.1.0 stored, migrated', () => {
  test('has one reserve list a request type, of the draw that was the current one', async () => {
    await release();
    const current = await redis.get(currentDraw);
    expect(current).not.toBeNull();
    await openData(redis, options);
    const reserves = await redis.hgetall(keys.reserves);
    expect(Object.keys(reserves).length).toBeGreaterThan(1);
    expect(new Set(Object.values(reserves))).toEqual(new Set([current]));
    expect(await redis.exists(currentDraw, keys.activeDraw)).toBe(0);
    expect(await redis.get(keys.dataVersion)).toBe(String(DATA_VERSION));
    expect(await new DrawWorld(redis).faults()).toEqual([]);
  });

  test('leaves a draw that is under way as it is', async () => {
    await release();
    await redis.set(keys.activeDraw, 'under-way');
    await openData(redis, options);
    expect(await redis.get(keys.activeDraw)).toBe('under-way');
  });

  test.each(['command', 'reply'] as const)(
    'is the same after a crash at any command: lost %s',
    async (lost) => {
      await release();
      const beginAgain = await keepAll();
      await openData(redis, options);
      const [expected, same] = [await stored(), await fingerprint()];
      for (let n = 1, isOver = false; !isOver; n += 1) {
        await beginAgain();
        isOver = await openData(failAfter(redis, n, { lost }), { ...options, lockMs: 1 }).then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof KilledError)) throw error;
            return false;
          },
        );
        await openData(redis, options);
        // The same to the byte, or else the same to whoever reads it: that takes a hundred times as long.
        if ((await fingerprint()) !== same) expect(await stored()).toEqual(expected);
      }
    },
    60_000,
  );
});
