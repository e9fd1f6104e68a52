import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { AuditStore } from '#src/store/audit/store.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { checkAuditLines } from '#src/transparency/audit-chain.ts';
import { killEverywhere } from '../../support/faulty-redis.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';

const redis = useRedis();

const draft = (agent: string) => ({
  at: '2026-12-01T08:00:00.000Z',
  agent,
  role: 'agent',
  operation: 'enterAtDesk',
  kind: 'change' as const,
  reason: 'venue au guichet',
});

async function allLines(audit: AuditStore, prefecture = '92'): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of audit.read(prefecture)) lines.push(...some);
  return lines;
}

function isWhole(lines: readonly string[]): boolean {
  const check = checkAuditLines(nodeSha256);
  return lines.every((line) => check.add(line) === undefined);
}

describe('the audit log', () => {
  test('numbers lines from 0, each prefecture on its own', async () => {
    const audit = new AuditStore(redis);
    expect(await audit.append('92', draft('a'))).toBe(0);
    expect(await audit.append('92', draft('b'))).toBe(1);
    expect(await audit.append('93', draft('a'))).toBe(0);
    const lines = await allLines(audit);
    expect(lines.map((line) => JSON.parse(line).agent)).toEqual(['a', 'b']);
    const last = JSON.parse(lines[1] ?? '');
    expect(await audit.head('92')).toEqual({ size: 2, hash: last.hash });
    expect(await audit.head('94')).toEqual({ size: 0, hash: '0'.repeat(64) });
  });

  test('is one unbroken chain after 600 appends at once by three processes', async () => {
    const others = [new Redis(redisUrl()), new Redis(redisUrl())];
    try {
      const stores = [redis, ...others].map((connection) => new AuditStore(connection));
      const numbers = await Promise.all(
        Array.from({ length: 600 }, (_, n) =>
          (stores[n % 3] ?? new AuditStore(redis)).append('92', draft(`agent-${n}`)),
        ),
      );
      const lines = await allLines(new AuditStore(redis));
      expect(lines).toHaveLength(600);
      expect(isWhole(lines)).toBe(true);
      for (const [n, seq] of numbers.entries()) {
        expect(JSON.parse(lines[seq] ?? '').agent).toBe(`agent-${n}`);
      }
    } finally {
      for (const connection of others) await connection.quit();
    }
  });

  test('goes on from what is stored: after a restart, and after a backup was put back', async () => {
    const audit = new AuditStore(redis);
    await audit.append('92', draft('a'));
    await new AuditStore(redis).append('92', draft('b'));
    expect(await audit.append('92', draft('c'))).toBe(2);
    expect(isWhole(await allLines(audit))).toBe(true);
    await redis.flushdb();
    expect(await audit.append('92', draft('d'))).toBe(0);
    expect(isWhole(await allLines(audit))).toBe(true);
  });

  test('tells who waits that a line could not be written, and writes the next', async () => {
    const connection = new Redis(redisUrl(), {
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    connection.on('error', () => {});
    await connection.ping();
    const audit = new AuditStore(connection);
    await audit.append('92', draft('a'));
    connection.disconnect();
    await expect(audit.append('92', draft('b'))).rejects.toThrow();
    expect(await allLines(new AuditStore(redis))).toHaveLength(1);
  });

  test.each(['command', 'reply'] as const)(
    'is whole whichever %s is the last of a process, and has each line at least once',
    async (lost) => {
      const lines = async () =>
        (await allLines(new AuditStore(redis))).map((one) => JSON.parse(one));
      const died = await killEverywhere(
        redis,
        lost,
        async (connection) => {
          const audit = new AuditStore(connection);
          for (const agent of ['a', 'b', 'c']) await audit.append('92', draft(agent));
        },
        async () => expect(isWhole(await allLines(new AuditStore(redis)))).toBe(true),
      );
      // The first append of a process has to ask for the head: two commands, later ones one.
      expect(died).toBeGreaterThanOrEqual(3);
      expect((await lines()).slice(-3).map(({ agent }) => agent)).toEqual(['a', 'b', 'c']);
      expect(isWhole(await allLines(new AuditStore(redis)))).toBe(true);
    },
  );

  test('takes no more than 420 bytes of Redis for a usual line', async () => {
    const audit = new AuditStore(redis);
    await Promise.all(
      Array.from({ length: 5000 }, (_, n) =>
        audit.append('92', {
          ...draft('0123456789'),
          targets: { entryId: `${n}`.padStart(16, '0') },
        }),
      ),
    );
    const bytes = Number(await redis.memory('USAGE', 'tirage:{92}:audit', 'SAMPLES', 0));
    expect(bytes / 5000).toBeLessThan(420);
    expect(bytes / 5000).toBeGreaterThan(300);
  });
});

describe('the anchor in the public register', () => {
  test.each(['9999999 0', '1 9999999999999', 'x y'])(
    'is not stopped by a key that says %o: nothing of the service wrote it',
    async (made) => {
      const audit = new AuditStore(redis);
      const nowMs = Date.parse('2026-12-01T08:00:00Z');
      await audit.append('92', draft('a'));
      await redis.set('tirage:{92}:audit-anchor', made);
      expect(await audit.anchor('92', nowMs)).toBe('done');
      expect(await audit.anchor('92', nowMs + 7_200_000)).toBe('not_due');
    },
  );

  test('is written once an hour, and only if the log has grown', async () => {
    const audit = new AuditStore(redis);
    const nowMs = Date.parse('2026-12-01T08:00:00.500Z');
    const hourMs = 3_600_000;
    expect(await audit.anchor('92', nowMs)).toBe('not_due');
    await audit.append('92', draft('a'));
    const head = await audit.head('92');
    const both = [audit.anchor('92', nowMs), new AuditStore(redis).anchor('92', nowMs)];
    expect((await Promise.all(both)).sort()).toEqual(['conflict', 'done']);
    await audit.append('92', draft('b'));
    expect(await audit.anchor('92', nowMs + hourMs - 1)).toBe('not_due');
    expect(await audit.anchor('92', nowMs + hourMs)).toBe('done');
    expect(await audit.anchor('92', nowMs + 2 * hourMs)).toBe('not_due');
    const leaves = (await redis.lrange('tirage:{92}:register', 0, -1)).map((leaf) =>
      JSON.parse(leaf),
    );
    expect(leaves).toEqual([
      { at: '2026-12-01T08:00:00Z', kind: 'audit', ...head },
      { at: '2026-12-01T09:00:00Z', kind: 'audit', ...(await audit.head('92')) },
    ]);
  });
});
