import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { checkStore } from '#src/store/check/check-store.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { hourMs, join, prefecture, useApi } from '../api/harness.ts';
import { openHouse } from '../support/house.ts';
import { hasPython } from '../support/python.ts';
import { redisUrl } from '../support/redis.ts';

// A family joins over HTTP, is drawn together, its day is closed, and it is first in the next draw.

const api = useApi();
const keys = keysOf(prefecture);
const run = promisify(execFile);
let token = '';

beforeEach(async () => {
  await api.store.prefectures.update(
    prefecture,
    (before) => ({
      ...before,
      requestTypes: before.requestTypes.map((type) => ({ ...type, partyMax: 4 })),
      rules: { ageing: { guaranteeAfter: 1, guaranteeRest: 2 } },
    }),
    api.time.nowMs,
  );
  api.forget();
  token = await api.keyOf('supervisor');
});

/** The steps of the workers, one after the other. */
function workers() {
  const house = openHouse({ redisUrl: redisUrl(), nowMs: api.time.nowMs });
  onTestFinished(() => house.close());
  // The secret of a draw is sealed with the key of the API.
  const steps = () => house.steps({ entropy: operatorEntropy(api.vault) });
  return {
    async draw(): Promise<string> {
      house.time.nowMs = api.time.nowMs;
      const { id } = await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key');
      await advanceDraws(steps(), prefecture);
      api.forget();
      return id;
    },
    async sweep(): Promise<void> {
      house.time.nowMs = api.time.nowMs;
      await sweep(steps(), prefecture);
    },
  };
}

async function addSlots(day: string, places: readonly number[]): Promise<void> {
  const slots = places.map((capacity, at) => ({
    ...{ id: `${day}-${at}`, site: 'nanterre', capacity, requestTypes: ['first'] },
    start: `${day}T${String(9 + at).padStart(2, '0')}:00:00+01:00`,
  }));
  const { status, text } = await api.call('POST', '/slots', { token, json: { slots } });
  if (status !== 201) throw new Error(text);
}

const wife = {
  name: 'Zoé Exemple',
  document: { kind: 'passport', country: 'MLI', number: 'AA1234567' },
};
const children = [
  { name: 'Bo Exemple', birthDate: '2019-12-31' },
  { name: 'Mia Exemple', birthDate: '2022-06-01' },
];

interface Line {
  readonly kind: string;
  readonly [member: string]: unknown;
}

async function recordOf(draw: string): Promise<{ text: string; lines: Line[] }> {
  const { text } = await api.call('GET', `/draws/${draw}/record`);
  return {
    text,
    lines: text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

/** What both verifiers say of the records of these draws, each alone and from draw to draw. */
async function verdicts(draws: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(pathOf(tmpdir(), 'tirage-story-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files: string[] = [];
  for (const draw of draws) {
    files.push(pathOf(folder, `${draw}.ndjson`));
    await writeFile(files.at(-1) ?? '', (await recordOf(draw)).text);
  }
  const register = pathOf(folder, 'register');
  const leaves = await api.redis.lrange(keys.registerLeaves, 0, -1);
  await writeFile(register, `${leaves.join('\n')}\n`);
  const asked = ['--series', ...files, '--register', register, '--now', '2027-06-01T00:00:00Z'];
  const first = await run(process.execPath, ['scripts/verify.ts', ...asked]);
  const second = hasPython ? await run('python3', ['scripts/verify.py', ...asked]) : first;
  return [first.stdout, second.stdout];
}

async function faults(): Promise<string[]> {
  const context = { redis: api.redis, prefecture, keys, nowMs: api.time.nowMs };
  return (await checkStore(context, { most: 10 })).faults.map(({ text }) => text);
}

const messages = () => api.store.messages.due(prefecture, 1000);

test('a family joins, is drawn together, has its day closed, and is first in the next draw', async () => {
  const work = workers();
  const family = await join(api, { requestType: 'first', others: [wife, ...children] });
  await addSlots('2026-12-20', [4]);
  await addSlots('2026-12-21', [1, 1]);
  const first = await work.draw();

  // Four places of one slot, one offer, told as one.
  const shown = await api.call('GET', `/entries/${family.id}`, { token: family.token });
  expect(shown.body).toMatchObject({ state: 'offered', party: 4 });
  const offer = shown.body.offer.id;
  const accepted = await api.call('POST', `/offers/${offer}/accept`, { token: family.token });
  expect(accepted.status).toBe(200);
  const { lines } = await recordOf(first);
  expect(lines.filter(({ kind }) => kind === 'winner')).toEqual([
    { kind: 'winner', entry: family.id, slot: '2026-12-20-0' },
  ]);

  // Strangers come meanwhile; the office closes the family's day.
  const strangers = [];
  for (let n = 0; n < 6; n += 1) strangers.push(await join(api, { requestType: 'first' }));
  const before = (await messages()).length;
  const wish = { cause: 'strike', from: '2026-12-20', to: '2026-12-20' };
  const preview = await api.call('POST', '/closures?dryRun=true', { token, json: wish });
  expect(preview.body).toMatchObject({ slots: 1, offers: 0, appointments: 1, people: 4 });
  const closure = await api.call('POST', '/closures', { token, json: wish });
  expect(closure.status).toBe(202);
  await work.sweep();
  await work.sweep();
  const told = (await messages()).slice(before);
  expect(told.filter((id) => id.startsWith('revoked'))).toEqual([`revoked.${family.id}.${first}`]);
  const owed = await api.call('GET', `/entries/${family.id}`, { token: family.token });
  expect(owed.body).toMatchObject({ state: 'waiting', owed: true, missed: 0, absence: null });
  const why = await api.call('GET', `/entries/${family.id}/diagnosis`, { token: family.token });
  expect(why.body.findings.map(({ code }: { code: string }) => code)).toContain(
    'appointment_revoked',
  );
  const done = await api.call('GET', `/closures/${closure.body.id}`, { token });
  expect(done.body.takenBack).toEqual({ offers: 0, appointments: 1, people: 4 });

  // One slot of four places, seven who wait: the family has it, all together.
  api.time.nowMs += hourMs;
  await addSlots('2026-12-28', [4]);
  const second = await work.draw();
  const next = await recordOf(second);
  expect(next.lines.find(({ id }) => id === family.id)).toMatchObject({ party: 4, owed: true });
  expect(next.lines.filter(({ slot }) => slot === '2026-12-28-0')).toMatchObject([
    { kind: 'winner', entry: family.id },
    { kind: 'event', type: 'offered', entry: family.id },
  ]);
  // Nobody was ever offered a place of the closed day again.
  const all = [...(await recordOf(first)).lines, ...next.lines];
  const closedDay = all.filter(({ slot, kind }) => slot === '2026-12-20-0' && kind === 'event');
  expect(closedDay.map(({ type, entry }) => [type, entry])).toEqual([
    ['offered', family.id],
    ['accepted', family.id],
    ['closed', undefined],
  ]);
  for (const { id } of strangers) {
    expect(await api.store.offers.get(prefecture, `${first}.${id}`)).toBeUndefined();
  }
  const counts = await api.call('GET', '/statistics');
  expect(counts.status).toBe(200);
  expect(await faults()).toEqual([]);
  for (const verdict of await verdicts([first, second])) {
    expect(verdict).toContain(first);
    expect(verdict).toContain(second);
    expect(verdict.toLowerCase()).not.toMatch(/differs|refused/);
  }
}, 60_000);

test('offers, answers, amends and rests over many draws are what both verifiers work out', async () => {
  const work = workers();
  const people: { id: string; token: string }[] = [];
  const draws: string[] = [];
  for (let day = 0; day < 7; day += 1) {
    const others = day % 3 === 0 ? { others: [wifeNumber(day)] } : {};
    people.push(await join(api, { requestType: 'first', ...others }));
    for (let n = 0; n < 3; n += 1) people.push(await join(api, { requestType: 'first' }));
    await addSlots(`2027-01-${String(10 + day)}`, [2, 1]);
    draws.push(await work.draw());
    await answerSome(people, day);
    if (day % 2 === 1) {
      const json = { cause: 'illness', slots: [`2027-01-${String(10 + day)}-0`] };
      expect((await api.call('POST', '/closures', { token, json })).status).toBe(202);
    }
    await work.sweep();
    if (day === 4) {
      const json = { reason: 'wrong places' };
      const { status } = await api.call('POST', `/draws/${draws.at(-1)}/void`, { token, json });
      expect(status).toBe(200);
    }
    api.time.nowMs += hourMs;
  }
  draws.push(await work.draw());
  expect(await faults()).toEqual([]);
  for (const verdict of await verdicts(draws)) {
    for (const draw of draws) expect(verdict).toContain(draw);
  }
  // What it was about did happen.
  const kinds = new Set<unknown>();
  for (const draw of draws) for (const { type } of (await recordOf(draw)).lines) kinds.add(type);
  expect(kinds).toEqual(
    new Set([
      ...[undefined, 'offered', 'accepted', 'declined', 'cancelled', 'closed', 'refilled', 'void'],
    ]),
  );
}, 120_000);

const wifeNumber = (day: number) => ({
  name: `Zoé Exemple ${'abcdefgh'.charAt(day)}`,
  document: { kind: 'passport', country: 'MLI', number: `AA123450${day}` },
});

/** By turns one accepts, one declines, one gives up what was accepted. */
async function answerSome(people: readonly { id: string; token: string }[], day: number) {
  let turn = day;
  for (const { id, token: own } of people) {
    const entry = await api.call('GET', `/entries/${id}`, { token: own });
    const offer = entry.body.offer?.id;
    if (entry.body.state !== 'offered') continue;
    turn += 1;
    const answer = turn % 3 === 0 ? 'decline' : 'accept';
    await api.call('POST', `/offers/${offer}/${answer}`, { token: own });
    if (turn % 3 === 1) await api.call('DELETE', `/appointments/${offer}`, { token: own });
  }
}
