import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { EntryStore } from '#src/store/entries/store.ts';
import { leavesPerRead, RegisterStore } from '#src/store/register/store.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import { eventLeaves } from '../../support/register.ts';
import { sampleEntry } from '../../support/samples.ts';

const people = 25_000;

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}

test('a waiting entry takes at most 900 bytes of Redis, all told', async () => {
  const server = await startRedisServer(['--appendfsync', 'no']);
  const redis = new Redis(server.url);
  try {
    const entries = new EntryStore(redis);
    // The scripts are in memory before we look.
    await entries.join('92', sampleEntry({ state: 'waiting' }), { messages: [] });
    const before = await usedMemory(redis);
    for (let at = 0; at < people; at += 1000) {
      await Promise.all(
        Array.from({ length: 1000 }, (_, i) =>
          entries.join('92', waitingEntry(at + i), { messages: [] }),
        ),
      );
    }
    const bytes = ((await usedMemory(redis)) - before) / people;
    expect(bytes).toBeLessThan(900);
    expect(bytes).toBeGreaterThan(300);
    console.log(`${Math.round(bytes)} bytes of Redis for each waiting entry`);
  } finally {
    await redis.quit();
    await server.stop();
  }
}, 60_000);

test('a leaf of the register takes at most 200 bytes of Redis, its hashes included', async () => {
  const server = await startRedisServer(['--appendfsync', 'no']);
  const redis = new Redis(server.url);
  try {
    const register = new RegisterStore(redis);
    const before = await usedMemory(redis);
    const leaves = 20 * leavesPerRead;
    for (let at = 0; at < leaves; at += leavesPerRead) {
      const chunk = eventLeaves(leavesPerRead, 10 ** 15 + at);
      await redis.rpush(keysOf('92').registerLeaves, ...chunk);
      expect(await register.growTiles('92', at, chunk)).toBe('done');
    }
    const bytes = ((await usedMemory(redis)) - before) / leaves;
    expect(bytes).toBeLessThan(200);
    expect(bytes).toBeGreaterThan(100);
    console.log(`${Math.round(bytes)} bytes of Redis for each leaf of the register`);
  } finally {
    await redis.quit();
    await server.stop();
  }
}, 60_000);

/** As real ones are: a sealed name, document, birth date, e-mail and telephone; half of them are choosy. */
function waitingEntry(i: number) {
  return sampleEntry({
    id: randomBytes(8).toString('hex'),
    state: 'waiting',
    requestType: 'titre-sejour-salarie-renouvellement',
    identity: randomBytes(16).toString('base64url'),
    clues: ['e', 'p', 'n'].map((kind) => kind + randomBytes(9).toString('base64url')),
    sealed: randomBytes(194).toString('base64url'),
    ...(i % 2 === 0
      ? {}
      : {
          accepts: {
            sites: ['nanterre', 'antony'],
            windows: [{ days: [1, 2, 4], from: '09:00', until: '12:30' }],
          },
        }),
  });
}
