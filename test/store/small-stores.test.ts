import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { AgentStore } from '#src/store/agents.ts';
import { eventRest, instantOf } from '#src/store/event-text.ts';
import { checkRedis } from '#src/store/health.ts';
import { ScheduleStore } from '#src/store/schedules.ts';
import type { AgentKey } from '#src/store/types.ts';
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

  test('are found by key id, listed by age, and removed', async () => {
    await agents.put('92', key('b', { createdAtMs: sampleNowMs + 1 }));
    await agents.put('92', key('a', { role: 'admin' }));
    expect(await agents.get('92', 'a')).toEqual(key('a', { role: 'admin' }));
    expect(await agents.get('93', 'a')).toBeUndefined();
    expect((await agents.list('92')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await agents.remove('92', 'a')).toBe(true);
    expect(await agents.remove('92', 'a')).toBe(false);
    expect(await agents.get('92', 'a')).toBeUndefined();
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
    expect(eventRest({ type: 'void' })).toBe('"kind":"event","type":"void"}');
    expect(eventRest({ type: 'withdrawn', entry: 'e' })).toBe(
      '"entry":"e","kind":"event","type":"withdrawn"}',
    );
    expect(eventRest({ slot: 's', entry: 'e', type: 'refilled' })).toBe(
      '"entry":"e","kind":"event","slot":"s","type":"refilled"}',
    );
    expect(instantOf(sampleNowMs + 999)).toBe('2026-12-01T08:00:00Z');
  });
});
