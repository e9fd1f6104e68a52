import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { isRetentionDue, retain } from '#src/usecases/retention/retain.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { createPrefecture, hourMs, openHouse, prefecture } from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleEntry, sampleNowMs } from '../../support/samples.ts';

useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());

const dayMs = 24 * hourMs;

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  // Counts are those of one test, whichever came before it.
  house.deps.metrics.registry.resetMetrics();
  await createPrefecture(store);
});

async function enter(members: Partial<EntryRecord> = {}): Promise<string> {
  const entry = sampleEntry(members);
  await store.entries.join(prefecture, entry, { messages: [] });
  return entry.id;
}
const get = (id: string) => store.entries.get(prefecture, id);
const stateOf = async (id: string) => (await get(id))?.state;

/** Jobs until the pass is through, as the queue would run them; at most so many. */
async function pass(over: Partial<typeof house.deps> = {}, most = 50): Promise<number> {
  for (let jobs = 1; jobs <= most; jobs += 1) {
    await retain({ ...house.deps, ...over }, prefecture);
    if ((await store.retention.pass(prefecture))?.cursor === undefined) return jobs;
  }
  throw new Error('the pass does not end');
}
const later = (ms: number) => {
  time.nowMs += ms;
};

test('who was never verified is erased after 48 hours and gone after as much again', async () => {
  const id = await enter();
  const waiting = await enter({ state: 'waiting' });
  later(47 * hourMs);
  await pass();
  expect(await stateOf(id)).toBe('unverified');
  later(hourMs);
  await pass();
  expect(await get(id)).toMatchObject({ state: 'erased', sealed: '', identity: '' });
  later(48 * hourMs);
  await pass();
  expect(await get(id)).toBeUndefined();
  expect(await stateOf(waiting)).toBe('waiting');
  expect(await world.faults()).toEqual([]);
});

test('whoever left is erased after the days of the prefecture, and the person may join again', async () => {
  await store.prefectures.update(prefecture, (one) => ({
    ...one,
    settings: { ...one.settings, keepDays: 10 },
  }));
  const accepts = { sites: ['nanterre'] };
  const priority = { ground: 'health', untilMs: time.nowMs + dayMs } as const;
  const id = await enter({ state: 'waiting', identity: 'someone', accepts, priority });
  await store.entries.leave(prefecture, id, 'withdraw', time.nowMs);
  const again = await enter({ state: 'waiting', identity: 'someone' });
  later(10 * dayMs - 1);
  await pass();
  expect(await stateOf(id)).toBe('withdrawn');
  later(hourMs);
  await pass();
  const erased = await get(id);
  expect(erased).toEqual({
    id,
    state: 'erased',
    requestType: 'renewal',
    missed: 0,
    language: 'fr',
    origin: 'online',
    identity: '',
    sealed: '',
    joinedAtMs: sampleNowMs,
    since: 0,
    endedAtMs: time.nowMs,
  });
  // Its identity belongs to the later entry now.
  expect(await store.entries.findByIdentity(prefecture, 'someone')).toBe(again);
  expect(await world.faults()).toEqual([]);
  const metrics = await house.deps.metrics.registry.metrics();
  expect(metrics).toContain('tirage_retention_total{outcome="ended"} 1');
});

test('what ended without a date gets one, and its whole time', async () => {
  const id = await enter({ state: 'withdrawn', identity: '' });
  later(1000 * dayMs);
  await pass();
  expect(await get(id)).toMatchObject({ state: 'withdrawn', endedAtMs: time.nowMs });
  later(90 * dayMs);
  await pass();
  expect(await stateOf(id)).toBe('erased');
});

test('a settled flagged set goes when all its entries are erased, an open one stays', async () => {
  const [one, other] = [await enter({ state: 'waiting' }), await enter({ state: 'waiting' })];
  const settled = { decision: 'same_person', keep: one, reason: 'a test', agent: 'a1' } as const;
  await store.flags.raise(prefecture, [one, other], 'name', time.nowMs);
  const [flag] = (await store.flags.list(prefecture, { state: 'open', limit: 10 })).flags;
  await store.flags.settle(prefecture, flag?.id ?? '', { ...settled, atMs: time.nowMs });
  await store.flags.raise(prefecture, [one, other], 'email', time.nowMs);
  const left = async (state: 'open' | 'settled') =>
    (await store.flags.list(prefecture, { state, limit: 10 })).flags.length;
  await store.entries.leave(prefecture, other, 'erase', time.nowMs);
  later(91 * dayMs);
  await pass();
  expect([await left('open'), await left('settled')]).toEqual([1, 1]);
  await store.entries.leave(prefecture, one, 'erase', time.nowMs);
  later(hourMs);
  await pass();
  expect([await left('open'), await left('settled')]).toEqual([1, 0]);
  await expect(store.flags.get(prefecture, flag?.id ?? '')).rejects.toThrow('no such flagged set');
});

test('a verification at the last moment wins', async () => {
  const id = await enter();
  later(48 * hourMs);
  const concerns = (entry: EntryRecord) => entry.state === 'unverified';
  await store.entries.change(prefecture, id, (entry) => ({
    entry: { ...entry, state: 'waiting' },
  }));
  const after = await store.entries.leave(prefecture, id, 'erase', time.nowMs, { concerns });
  expect(after.state).toBe('waiting');
  expect(await stateOf(id)).toBe('waiting');
});

test('a large pass is many jobs, each of which goes on where the last one ended', async () => {
  const ids = Array.from({ length: 1300 }, () => sampleEntry());
  await Promise.all(ids.map((entry) => store.entries.join(prefecture, entry, { messages: [] })));
  later(48 * hourMs);
  expect(await isRetentionDue(house.deps, prefecture)).toBe(true);
  const jobs = await pass();
  expect(jobs).toBeGreaterThan(1);
  const counts = await store.entries.counts(prefecture);
  expect(counts).toEqual([{ state: 'erased', requestType: 'renewal', entries: 1300 }]);
  // Nothing more to do for an hour.
  expect(await isRetentionDue(house.deps, prefecture)).toBe(false);
  later(hourMs);
  expect(await isRetentionDue(house.deps, prefecture)).toBe(true);
});

test('dead letters and files go after their days', async () => {
  const outbox = await mkdtemp(join(tmpdir(), 'tirage-outbox-'));
  onTestFinished(() => rm(outbox, { recursive: true }));
  const letter = { reason: 'address_refused', attempts: 1, atMs: time.nowMs };
  await store.messages.bury(prefecture, { ...letter, id: 'code.e1.1' });
  await store.messages.bury(prefecture, { ...letter, id: 'code.e2.1', atMs: time.nowMs + dayMs });
  await writeFile(join(outbox, 'old.eml'), 'x');
  await utimes(join(outbox, 'old.eml'), time.nowMs / 1000, time.nowMs / 1000);
  later(30 * dayMs + 1);
  await pass({ outboxes: [outbox] });
  const left = await store.messages.deadLetters(prefecture, { limit: 10 });
  expect(left.map(({ id }) => id)).toEqual(['code.e2.1']);
  expect(await readdir(outbox)).toEqual([]);
});
