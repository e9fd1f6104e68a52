import { expect, test } from 'vitest';
import { checkStore } from '#src/store/check/check-store.ts';
import { judgeCounts } from '#src/store/check/counts.ts';
import { Fingerprints } from '#src/store/check/fingerprints.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { prefecture } from '../../support/house.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();
const keys = keysOf(prefecture);

const context = { redis, prefecture, keys, nowMs: 0 };

test('more entries than a page are all looked at, some at a time, and any of them is named', async () => {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 400 });
  const sizes: number[] = [];
  const onLooked = (things: string, size: number) => {
    if (things === 'entries') sizes.push(size);
  };
  const { faults, looked } = await checkStore(context, { most: 10, onLooked });
  expect(faults).toEqual([]);
  expect(looked.get('entries')).toBeGreaterThanOrEqual(400);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  for (const id of ['e0001', 'e0200', 'e0400']) {
    await redis.hdel(keys.identities, `identity-${id}`);
  }
  const report = await checkStore(context, { most: 10 });
  expect(report.faults.map(({ text }) => text).sort()).toEqual(
    ['e0001', 'e0200', 'e0400'].map(
      (id) => `entry ${id} is live and its identity does not lead to it`,
    ),
  );
}, 30_000);

test('it ends at the first fault where one is enough, and says that it did', async () => {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 5 });
  await redis.del(keys.identities);
  const { faults, isCut, looked } = await checkStore(context, { most: 1 });
  expect(faults).toHaveLength(1);
  expect(isCut).toBe(true);
  expect(looked.has('registers')).toBe(false);
});

test('what is wrong at the first look only is not named', async () => {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 5 });
  await redis.hdel(keys.identities, 'identity-e0003');
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
    if (pauses === 2) await redis.hset(keys.identities, 'identity-e0003', 'e0003');
  };
  const { faults } = await checkStore(context, { most: 10, pause });
  expect({ faults, pauses }).toEqual({ faults: [], pauses: 2 });
});

test('counts are exact where nothing moves, and bounds where something does', () => {
  const stable = new Map([['waiting:renewal', 10]]);
  const judge = (count: string, moving: number) =>
    judgeCounts({ 'waiting:renewal': count }, { stable, moving });
  expect(judge('10', 0)).toEqual([]);
  expect(judge('11', 0)).toHaveLength(2);
  expect(judge('12', 2)).toEqual([]);
  expect(judge('13', 2)).toHaveLength(2);
  expect(judge('9', 2)).toHaveLength(2);
  expect(judge('x', 2)).not.toEqual([]);
});

test('a text that was met is the same, changed or new, each once', () => {
  const seen = new Fingerprints(100);
  for (let at = 0; at < 100; at += 1) expect(seen.add(`e${at}`, `text ${at}`)).toBe(true);
  expect(seen.meet('e1', 'text 1')).toBe('same');
  expect(seen.meet('e1', 'text 1')).toBe('again');
  expect(seen.meet('e2', 'another')).toBe('changed');
  expect(seen.meet('new', 'text')).toBe('new');
  expect(seen.unmet).toBe(98);
  const small = new Fingerprints(1);
  const added = Array.from({ length: 20 }, (_, at) => small.add(`e${at}`, 'text'));
  expect(added).toContain(false);
  expect(small.meet('e19', 'text')).toBe('new');
});
