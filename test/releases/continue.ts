import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { checkAuditLog } from '../../scripts/audit/check.ts';
import { runVerify } from '../../scripts/verify/command.ts';
import { readBytes } from '../../scripts/verify/read-lines.ts';
import { hasPython, judgeBatch } from '../support/python.ts';
import { addressOf } from '../support/release/files.ts';
import { call, entryId, holders, type Story } from '../support/release/story.ts';
import { prefecture } from '../support/release/world.ts';
import { faultsOf, linesOf, type Release } from './replay.ts';

const second = 'second';

async function fetchText(story: Story, path: string, who = ''): Promise<string> {
  const key = story.agents[who];
  const response = await fetch(`${addressOf(story)}${path}`, {
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), 'audit-reason': 'a replay' },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

/** The record of a draw as it is now, for both verifiers. */
async function expectVerified({ save }: Release, story: Story, draw: string): Promise<string> {
  const text = await fetchText(story, `/draws/${draw}/record`);
  const { exitCode, out, err } = await runVerify([save(`${draw}.ndjson`, text)]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  if (hasPython) expect(judgeBatch([linesOf(text)])).toMatchObject([{ verdict: 'verified' }]);
  return out;
}

/** The draw of the reserve list in use: people still answer it. */
async function answersGoOn(release: Release): Promise<void> {
  const story = await release.open('all');
  const { store } = story.world;
  await story.world.settle();
  const pending = await holders(story, second, 'pending');
  const [declines = '', accepts = ''] = pending
    .filter((name) => story.entries[name]?.token !== '')
    .toSorted((a, b) => b.localeCompare(a)); // those who renew first: others wait behind them
  const before = await store.draws.events(prefecture, story.draws[second] ?? '');
  const offer = (name: string) => `/offers/${story.draws[second]}.${entryId(story, name)}`;
  await call(story, accepts, 'POST', `${offer(accepts)}/accept`);
  await call(story, declines, 'POST', `${offer(declines)}/decline`);
  await story.world.settle();

  expect(await holders(story, second, 'accepted')).toContain(accepts);
  const after = await store.draws.events(prefecture, story.draws[second] ?? '');
  expect(after.slice(0, before.length)).toEqual(before);
  const types = after.slice(before.length).map((line) => JSON.parse(line).type);
  expect(types).toEqual(['accepted', 'declined', 'refilled']);
  expect(await expectVerified(release, story, story.draws[second] ?? '')).toContain('2 refills');
  expect(await faultsOf(release.redis)).toEqual([]);
}

/** The draw that was planned then, and the one that its schedule plans next. */
async function drawsGoOn(release: Release): Promise<void> {
  const story = await release.open('all');
  const { time, settle, store } = story.world;
  await store.draws.get(prefecture, story.draws.planned ?? '');
  time.nowMs = Date.parse('2026-12-20T09:00:00Z');
  await settle();
  const planned = await store.draws.get(prefecture, story.draws.planned ?? '');
  expect(planned).toMatchObject({ state: 'published', number: 4 });
  expect(planned?.statistics?.drawn).toBeGreaterThan(0);
  expect(await expectVerified(release, story, planned?.id ?? '')).toContain('winners');
  await expectVerified(release, story, story.draws[second] ?? '');

  // A draw is held where somebody who waits can come.
  const slot = { site: 'nanterre', start: '2027-02-02T10:00:00+01:00', capacity: 1 };
  const requestTypes = ['renewal', 'first'];
  await call(story, 'admin', 'POST', '/slots', { slots: [{ ...slot, requestTypes }] });
  time.nowMs = Date.parse('2026-12-21T09:00:00Z');
  await settle();
  const [current] = await store.draws.inUse(prefecture);
  expect(current).toMatchObject({ schedule: 'weekly', number: 5 });
  await expectVerified(release, story, current?.id ?? '');
  expect(await faultsOf(release.redis)).toEqual([]);
}

/** The register grows from the head that was signed then; the audit log from its last line. */
async function chainsGoOn(release: Release): Promise<void> {
  const story = await release.open('all');
  const lines = await release.redis.lrange(keysOf(prefecture).audit, 0, -1);
  const { nowMs } = release.cast;
  story.world.time.nowMs = nowMs + 2 * 3_600_000;
  await call(story, 'supervisor', 'PUT', '/pause', { paused: true, reason: 'a power cut' });
  await call(story, 'supervisor', 'PUT', '/pause', { paused: false });
  await call(story, 'admin', 'PUT', '/rules', {});
  await story.world.settle();

  const log = await fetchText(story, '/audit-log.ndjson', 'auditor');
  expect(log.split('\n').slice(0, lines.length)).toEqual(lines);
  const whole = await checkAuditLog(readBytes(release.save('log.ndjson', log)));
  expect(whole).toMatch(/^whole: lines 0 to /);
  const old = release.read('checkpoint.txt');
  const checkpoint = await fetchText(story, '/register/checkpoint');
  const [first, size] = [old, checkpoint].map((head) => Number(head.split('\n')[1]));
  expect(size).toBeGreaterThan(first ?? 0);
  const proof = await fetchText(story, `/register/consistency?first=${first}&second=${size}`);
  const register = await fetchText(story, '/register/entries?limit=1000');
  expect(register.startsWith(release.read('register.ndjson'))).toBe(true);
  const heads = [
    ...['--register', release.save('register.ndjson', register)],
    ...['--checkpoint', release.file('checkpoint.txt')],
    ...['--checkpoint', release.save('checkpoint.txt', checkpoint)],
    ...['--proof', release.save('proof.json', proof), '--keys', release.file('jwks.json')],
  ];
  expect(await runVerify(heads)).toMatchObject({ exitCode: 0, err: '' });
}

/** Today's code goes on with what a release was in the middle of. */
export function continuesRelease(release: Release): void {
  describe(`what ${release.version} was in the middle of`, () => {
    test(
      'goes on: an offer is accepted, a freed place goes down the reserve list',
      () => answersGoOn(release),
      60_000,
    );
    test(
      'goes on: the planned draw, and the next of its schedule',
      () => drawsGoOn(release),
      60_000,
    );
    test(
      'goes on: the register from its signed head, the audit log from its last line',
      () => chainsGoOn(release),
      60_000,
    );
  });
}
