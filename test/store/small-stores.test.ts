import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { recordInstant } from '#src/base/instants.ts';
import { jcs } from '#src/base/jcs.ts';
import type { AgentKey } from '#src/domain/agents/agent.ts';
import { AgentStore } from '#src/store/agents/store.ts';
import { eventRest } from '#src/store/core/event-text.ts';
import { checkRedis } from '#src/store/core/health.ts';
import { ScheduleStore } from '#src/store/draws/schedules.ts';
import { useRedis } from '../support/redis.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { sampleNowMs } from '../support/samples.ts';

const redis = useRedis();

describe('agents', () => {
  const agents = new AgentStore(redis);
  const key = (id: string, members: Partial<AgentKey> = {}): AgentKey => ({
    id,
    role: 'agent',
    label: 'Guichet 3',
    hash: 'f'.repeat(64),
    createdAtMs: sampleNowMs,
    ...members,
  });

  test('are found by key id, listed by age, and taken away once', async () => {
    await agents.put('92', key('b', { createdAtMs: sampleNowMs + 1 }));
    await agents.put('92', key('a', { role: 'admin' }));
    expect(await agents.get('92', 'a')).toEqual(key('a', { role: 'admin' }));
    expect(await agents.get('93', 'a')).toBeUndefined();
    expect((await agents.list('92')).map(({ id }) => id)).toEqual(['a', 'b']);
    const by = { atMs: sampleNowMs, by: 'b' };
    await agents.revoke('92', 'a', by, () => false);
    await agents.revoke('92', 'a', { ...by, by: 'c' }, () => false);
    expect((await agents.get('92', 'a'))?.revoked).toEqual(by);
    await expect(agents.revoke('92', 'c', by, () => false)).rejects.toThrow('no such key');
  });

  test('two admins who take away each other at once leave one of them', async () => {
    await agents.put('92', key('a', { role: 'admin' }));
    await agents.put('92', key('b', { role: 'admin' }));
    const isAdmin = ({ role }: AgentKey) => role === 'admin';
    const revoke = (id: string, by: string) =>
      new AgentStore(redis).revoke('92', id, { atMs: sampleNowMs, by }, isAdmin);
    const ended = await Promise.allSettled([revoke('a', 'b'), revoke('b', 'a')]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await agents.list('92')).filter(({ revoked }) => !revoked)).toHaveLength(1);
  });

  test('an expired admin does not count as one who is left', async () => {
    await agents.put('92', key('a', { role: 'admin' }));
    await agents.put('92', key('b', { role: 'admin', expiresAtMs: sampleNowMs }));
    const by = { atMs: sampleNowMs, by: 'a' };
    await expect(agents.revoke('92', 'a', by, () => true)).rejects.toThrow('another key');
    await agents.revoke('92', 'b', by, () => true);
  });

  test('write their last use at most once a minute', async () => {
    const used = async (nowMs: number) => {
      agents.noteUse('92', 'k', nowMs);
      return (await agents.lastUses('92')).get('k');
    };
    expect(await used(sampleNowMs)).toBe(sampleNowMs);
    expect(await used(sampleNowMs + 59_999)).toBe(sampleNowMs);
    expect(await used(sampleNowMs + 60_000)).toBe(sampleNowMs + 60_000);
  });
});

describe('schedules', () => {
  const schedules = new ScheduleStore(redis);

  test('are replaced by name, listed, and removed', async () => {
    await schedules.put('92', { name: 'weekly', pattern: '0 12 * * 1', agent: 'a' });
    await schedules.put('92', { name: 'daily', pattern: '0 6 * * *', agent: 'a' });
    await schedules.put('92', { name: 'weekly', pattern: '0 12 * * 2', agent: 'b' });
    expect(await schedules.list('92')).toEqual([
      { name: 'daily', pattern: '0 6 * * *', agent: 'a' },
      { name: 'weekly', pattern: '0 12 * * 2', agent: 'b' },
    ]);
    expect(await schedules.remove('92', 'daily')).toBe(true);
    expect(await schedules.remove('92', 'daily')).toBe(false);
  });
});

describe('the health of Redis', () => {
  test('tells a server that keeps everything from one that may lose it', async () => {
    const server = await startRedisServer(['--appendfsync', 'everysec']);
    const client = new Redis(server.url);
    try {
      expect(await checkRedis(client)).toEqual({
        aof: true,
        noeviction: true,
        appendfsync: 'everysec',
      });
      await client.config('SET', 'appendonly', 'no');
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      await client.config('SET', 'appendfsync', 'always');
      expect(await checkRedis(client)).toEqual({
        aof: false,
        noeviction: false,
        appendfsync: 'always',
      });
    } finally {
      await client.quit();
      await server.stop();
    }
  });
});

describe('an event line', () => {
  test('has its members in the order of RFC 8785, after `at`', () => {
    expect(eventRest({ type: 'void' })).toBe('|"kind":"event","type":"void"}');
    expect(eventRest({ type: 'withdrawn', entry: 'e' })).toBe(
      '|"entry":"e","kind":"event","type":"withdrawn"}',
    );
    const until = '2026-12-01T08:00:00Z';
    expect(eventRest({ slot: 's', entry: 'e', until, type: 'refilled' })).toBe(
      `|"entry":"e","kind":"event","slot":"s","type":"refilled","until":"${until}"}`,
    );
    const closed = { slot: 's', type: 'closed', cause: 'strike' } as const;
    expect(eventRest(closed)).toBe('"cause":"strike",|"kind":"event","slot":"s","type":"closed"}');
    const [before, after] = eventRest(closed).split('|');
    const line = `{"at":"${until}",${before}"draw":"d",${after}`;
    expect(line).toBe(jcs({ ...closed, at: until, draw: 'd', kind: 'event' }));
    expect(recordInstant(sampleNowMs + 999)).toBe('2026-12-01T08:00:00Z');
  });
});
