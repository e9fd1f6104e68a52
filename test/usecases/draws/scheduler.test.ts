import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { nextFire } from '#src/domain/draws/plan.ts';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createVault } from '#src/identity/keys/vault.ts';
import { createQueues } from '#src/store/core/queues.ts';
import { createStore } from '#src/store/store.ts';
import { createDrawScheduler } from '#src/usecases/draws/scheduler.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const at = (text: string) => Date.parse(text);

describe('the next fire of a cron rule', () => {
  test.each([
    // Zones without summer time, east and west of Paris.
    ['Indian/Reunion', '2026-12-01T08:00:00Z', '2026-12-02T09:00:00+04:00'],
    ['America/Cayenne', '2026-12-01T08:00:00Z', '2026-12-01T09:00:00-03:00'],
    ['Pacific/Noumea', '2026-12-01T08:00:00Z', '2026-12-02T09:00:00+11:00'],
    ['America/Miquelon', '2026-07-01T08:00:00Z', '2026-07-01T09:00:00-02:00'],
    ['Europe/Paris', '2026-12-01T08:00:00Z', '2026-12-02T09:00:00+01:00'],
  ])('is at nine o’clock of %s', (zone, after, expected) => {
    expect(nextFire('0 9 * * *', zone, at(after))).toBe(at(expected));
  });

  test('stays at the same time of day when the clocks of Paris change', () => {
    const spring = nextFire('0 9 * * *', 'Europe/Paris', at('2027-03-27T12:00:00Z'));
    expect(spring).toBe(at('2027-03-28T09:00:00+02:00'));
    const autumn = nextFire('0 9 * * *', 'Europe/Paris', at('2026-10-24T12:00:00Z'));
    expect(autumn).toBe(at('2026-10-25T09:00:00+01:00'));
  });

  test('comes once in the night that skips its hour, and once in the night that repeats it', () => {
    const rule = (after: string) => nextFire('30 2 * * *', 'Europe/Paris', at(after));
    const skipped = rule('2027-03-27T12:00:00Z');
    expect(new Date(skipped).toISOString()).toBe('2027-03-28T01:30:00.000Z');
    expect(rule('2027-03-28T01:30:00Z')).toBe(at('2027-03-29T02:30:00+02:00'));
    const repeated = rule('2026-10-24T12:00:00Z');
    expect(repeated).toBe(at('2026-10-25T02:30:00+02:00'));
    expect(nextFire('30 2 * * *', 'Europe/Paris', repeated)).toBe(at('2026-10-26T02:30:00+01:00'));
  });

  test.each([
    ['six fields', '0 0 9 * * *'],
    ['no fields', ''],
    ['a random hour', '0 H * * *'],
    ['a time that never comes', '0 9 30 2 *'],
    ['an hour that is none', '0 25 * * *'],
  ])('is refused for %s', (_, pattern) => {
    expect(() => nextFire(pattern, 'Europe/Paris', sampleNowMs)).toThrow(
      expect.objectContaining({ code: 'cron_invalid' }),
    );
  });

  test('knows the names of days and months', () => {
    const march = nextFire('0 9 * MAR THU', 'Europe/Paris', sampleNowMs);
    expect(march).toBe(at('2027-03-04T09:00:00+01:00'));
  });
});

describe('a scheduler', () => {
  const redis = useRedis();
  const store = createStore(redis);
  const queues = createQueues(redis);
  const key = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
  const vault = createVault(parseKeyring(`k1:${key}`));
  const entropy = operatorEntropy(vault);
  let nowMs = sampleNowMs;
  const scheduler = createDrawScheduler({ store, queues, entropy, clock: () => nowMs });

  beforeEach(async () => {
    nowMs = sampleNowMs;
    await store.prefectures.create('92', samplePrefecture());
  });
  afterAll(async () => {
    for (const queue of Object.values(queues)) await queue.close();
  });
  const list = async () => (await store.draws.list('92', { limit: 100 })).draws;

  test('plans the next draw of a rule in public, with its commitment', async () => {
    const draw = await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    expect(draw).toMatchObject({ state: 'scheduled', schedule: 'weekly', agent: 'agent1' });
    expect(draw.id).toMatch(/^20261207-[0-9a-z]{6}$/);
    expect(draw.atMs).toBe(at('2026-12-07T09:00:00+01:00'));
    expect(draw.entropy).toMatchObject({ source: 'operator' });
    expect(await list()).toEqual([draw]);
    expect(JSON.stringify(await queues.draws.getJobSchedulers())).toContain('"tz":"Europe/Paris"');
  });

  test('plans each draw of a rule once, however often and in parallel it is asked', async () => {
    await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    await Promise.all(Array.from({ length: 10 }, () => scheduler.ensureNext('92')));
    await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    expect(await list()).toHaveLength(1);
    nowMs = at('2026-12-07T09:00:00+01:00');
    await Promise.all(Array.from({ length: 10 }, () => scheduler.ensureNext('92')));
    expect((await list()).map((draw) => new Date(draw.atMs).toISOString())).toEqual([
      '2026-12-14T08:00:00.000Z',
      '2026-12-07T08:00:00.000Z',
    ]);
  });

  test('a changed rule supersedes the draw it had planned, and plans the new one', async () => {
    const before = await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    const after = await scheduler.upsert('92', 'weekly', '0 9 * * 2', 'agent2');
    expect(await store.draws.get('92', before.id)).toMatchObject({
      state: 'superseded',
      superseded: { agent: 'agent2', reason: 'the schedule was changed' },
    });
    expect((await list()).filter((draw) => draw.state === 'scheduled')).toEqual([after]);
  });

  test('a removed schedule leaves no draw and no timer, and can be set again', async () => {
    const first = await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    await scheduler.remove('92', 'weekly', 'agent1');
    await scheduler.ensureNext('92');
    expect((await list()).map((draw) => draw.state)).toEqual(['superseded']);
    expect(await queues.draws.getJobSchedulersCount()).toBe(0);
    const again = await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    expect(again).toMatchObject({ state: 'scheduled', atMs: first.atMs });
    await expect(scheduler.remove('92', 'daily')).rejects.toMatchObject({
      code: 'schedule_not_found',
    });
  });

  test('a draw that an agent gave up is not planned again by itself', async () => {
    const draw = await scheduler.upsert('92', 'weekly', '0 9 * * 1', 'agent1');
    await store.draws.void('92', draw.id, { reason: 'a holiday', agent: 'agent1' }, nowMs);
    await scheduler.ensureNext('92');
    expect((await list()).map(({ state }) => state)).toEqual(['superseded']);
  });

  test('a single draw wakes a worker at its time', async () => {
    const atMs = nowMs + 3_600_000;
    const draw = await scheduler.scheduleOnce('92', atMs, 'agent1');
    expect(await store.draws.unfinished('92', atMs - 1)).toEqual([]);
    expect(await store.draws.unfinished('92', atMs)).toEqual([draw]);
    const [job] = await queues.draws.getDelayed();
    expect(job).toMatchObject({ name: 'tick', data: { prefecture: '92' }, delay: 3_600_000 });
  });

  test('refuses an unknown prefecture', async () => {
    await expect(scheduler.scheduleOnce('93', nowMs, 'agent1')).rejects.toMatchObject({
      code: 'prefecture_not_found',
    });
  });
});
