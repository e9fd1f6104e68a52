import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { hourMs, prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { failAfter, KilledError } from '../../support/faulty-redis.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const [first, second] = ['20261201-abcdef', '20261208-abcdef'];
type Lost = 'command' | 'reply';
type Work = (world: DrawWorld) => Promise<unknown>;

const readers = {
  string: 'get',
  hash: 'hgetall',
  list: 'lrange',
  set: 'smembers',
  zset: 'zrange',
} as const;

/** What a later process could see, except for parts that nobody reads and that expire. */
async function everything(): Promise<Record<string, unknown>> {
  const keyNames = (await redis.keys('*')).filter((key) => !key.includes(':staged:')).sort();
  const types = await Promise.all(keyNames.map((key) => redis.type(key)));
  const values = await Promise.all(
    keyNames.map((key, at) => {
      const reader = readers[types[at] as keyof typeof readers]; // the only types there are
      // Messages about a void draw come in the order of a hash, which is none.
      if (key === keys.mailDue) return redis.sort(key, 'ALPHA');
      if (reader === 'lrange') return redis.lrange(key, 0, -1);
      return reader === 'zrange' ? redis.zrange(key, '0', '-1', 'WITHSCORES') : redis[reader](key);
    }),
  );
  return Object.fromEntries(keyNames.map((key, at) => [key, values[at]]));
}

/** Keeps all that is stored; what it returns puts it back, and nothing else. */
async function keepAll(): Promise<() => Promise<void>> {
  const keyNames = await redis.keys('*');
  const dumps = await Promise.all(keyNames.map((key) => redis.dumpBuffer(key)));
  return async () => {
    const step = redis.multi().flushdb();
    keyNames.forEach((key, at) => {
      step.restore(key, 0, dumps[at] ?? '');
    });
    await step.exec();
  };
}

async function givenPublished(): Promise<DrawWorld> {
  const world = new DrawWorld(redis);
  await world.open({ places: 4, entries: 6 });
  await world.draw(first);
  return world;
}

/** Whether `work` was killed at its n-th command. */
async function isKilled(n: number, lost: Lost, work: Work): Promise<boolean> {
  const mortal: Redis = failAfter(redis, n, { lost });
  try {
    await work(new DrawWorld(mortal));
    return false;
  } catch (error) {
    if (error instanceof KilledError) return true;
    throw error;
  }
}

/**
 * From the same beginning each time, kills `work` at its first command, its second and so on, lets
 * another process do it again, and compares the end with that of a life without accidents.
 */
async function survives(
  lost: Lost,
  { given, work, places }: { given: Work; work: Work; places: number },
): Promise<number> {
  await given(new DrawWorld(redis));
  const beginAgain = await keepAll();
  await work(new DrawWorld(redis));
  const expected = await everything();
  for (let n = 1; ; n += 1) {
    await beginAgain();
    if (!(await isKilled(n, lost, work))) return n - 1;
    const { free, idle, held } = await new DrawWorld(redis).places();
    expect(free + idle + held, `places after death ${n}`).toBe(places);
    expect(await new DrawWorld(redis).faults(), `faults after death ${n}`).toEqual([]);
    await work(new DrawWorld(redis));
    expect(await everything(), `end after death ${n}`).toEqual(expected);
  }
}

describe.each(['command', 'reply'] as const)('killed at any command, its %s lost', (lost) => {
  test('a draw ends as if nothing had happened', async () => {
    const given = async () => {
      const world = await givenPublished();
      const { offers } = world.store;
      await offers.settle(prefecture, `${first}.e0001`, 'accept', world.nowMs);
      await offers.settle(prefecture, `${first}.e0002`, 'decline', world.nowMs);
      await world.addSlot('s2', 1);
    };
    const work: Work = (world) => world.draw(second);
    expect(await survives(lost, { given, work, places: 5 })).toBeGreaterThan(30);
  }, 120_000);

  test('a void draw is unwound as if nothing had happened', async () => {
    const given = async () => {
      const world = await givenPublished();
      await world.store.offers.settle(prefecture, `${first}.e0001`, 'accept', world.nowMs);
    };
    const work: Work = async ({ store: { draws } }) => {
      await draws.void(prefecture, first, { reason: 'r', agent: 'k1' }, sampleNowMs);
      await draws.unwind(prefecture, first, sampleNowMs);
    };
    expect(await survives(lost, { given, work, places: 4 })).toBeGreaterThan(8);
  });

  test.each(['accept', 'decline', 'expire'] as const)(
    'an answer (%s) counts once',
    async (event) => {
      const nowMs = sampleNowMs + (event === 'expire' ? 72 * hourMs : 0);
      const work: Work = ({ store }) =>
        store.offers.settle(prefecture, `${first}.e0001`, event, nowMs);
      const deaths = await survives(lost, { given: givenPublished, work, places: 4 });
      expect(deaths).toBeGreaterThan(1);
      // Four places were offered ahead of it.
      expect(await redis.llen(keys.drawEvents(first))).toBe(4 + 1);
    },
  );
});
