import { expect, test } from 'vitest';
import { entryPageUrl, prefecturePageUrl } from '#src/domain/page-addresses.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { carryOutDue } from '../carry-out.ts';
import { callProof, exchange, join, prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';
const statement = 'Mon train était supprimé, حافلة';

/** A person with an appointment, under a rule that costs two draws; less than a day before it. */
async function booked() {
  const rule = (before: Prefecture) => ({
    ...before,
    settings: { ...before.settings, absenceDraws: 2 },
  });
  await api.store.prefectures.update(prefecture, rule, api.time.nowMs);
  const joined = await join(api);
  const world = new DrawWorld(api.redis);
  await world.addSlot('slot-1', 1);
  await world.draw(draw);
  const appointment = `${draw}.${joined.id}`;
  await api.store.offers.settle(prefecture, appointment, 'accept', api.time.nowMs);
  const { slotStart } = await world.offer(appointment);
  api.time.nowMs = Date.parse(slotStart) - 3_600_000;
  return { ...joined, appointment };
}

const absenceOf = async ({ id, token }: { id: string; token: string }) => {
  api.forget();
  return (await api.call('GET', `/entries/${id}`, { token })).body.absence;
};

test('who gives up late sees it, appeals, and is heard', async () => {
  const person = await booked();
  const { id, token, appointment } = person;
  await api.call('DELETE', `/appointments/${appointment}`, { token });
  const standing = { cause: 'late_cancel', state: 'standing', drawsLeft: 2 };
  expect(await absenceOf(person)).toEqual(standing);

  const appealed = await api.call('POST', `/entries/${id}/appeal`, { token, json: { statement } });
  expect(appealed.body.absence.state).toBe('appealed');
  const stored = await api.redis.hgetall('tirage:{92}:appeals');
  expect(JSON.stringify(stored)).not.toContain('train');

  const supervisor = await api.keyOf('supervisor');
  const listed = await api.call('GET', '/appeals', { token: supervisor });
  expect(listed.body.appeals.map(({ entry }: { entry: string }) => entry)).toEqual([id]);
  const read = await api.call('GET', `/entries/${id}/appeal`, { token: supervisor });
  expect(read.body.statement).toBe(statement);
  const path = `/entries/${id}/absence/decision`;
  const decided = await api.call('POST', path, { token: supervisor, json: { decision: 'lift' } });
  expect(decided.body.absence).toEqual({ ...standing, state: 'lifted', drawsLeft: 0 });
  const gone = await api.call('GET', `/entries/${id}/appeal`, { token: supervisor });
  expect([gone.status, gone.body.code]).toEqual([404, 'absence_not_found']);
});

test('a stated impediment excuses a late cancellation', async () => {
  const person = await booked();
  const { token, appointment } = person;
  await api.call('DELETE', `/appointments/${appointment}?impediment=transport`, { token });
  expect(await absenceOf(person)).toBeNull();
  const again = await api.call('DELETE', `/appointments/${appointment}?impediment=bored`, {
    token,
  });
  expect([again.status, again.body.code]).toEqual([400, 'request_invalid']);
});

test.each([
  ['online', undefined],
  ['desk', 'desk'],
])(
  'who missed an appointment sits out draws with the next entry, made %s',
  async (_how, origin) => {
    const { id, token, request, appointment } = await booked();
    await api.store.offers.attend(prefecture, appointment, 'miss', api.time.nowMs);
    const { body } = await api.call('GET', `/entries/${id}/diagnosis`, { token });
    expect(body.findings).toMatchObject([{ code: 'appointment_missed', draw }]);
    let next: { id: string; token: string };
    if (origin === undefined) next = await join(api, request);
    else {
      const entered = await api.call('POST', '/desk-entries', {
        token: await api.keyOf('agent'),
        json: { ...request, origin },
      });
      const { id: made } = entered.body.results[0];
      next = { id: made, token: api.tokens.entryToken(prefecture, made) };
    }
    expect(await absenceOf(next)).toEqual({ cause: 'no_show', state: 'standing', drawsLeft: 2 });
    expect((await api.store.entries.get(prefecture, next.id))?.since).toBe(3);
  },
);

test('a stated impediment excuses at the desk, too', async () => {
  const person = await booked();
  const token = await api.keyOf('agent');
  const proof = callProof(api, person.id);
  const json = { action: 'cancel', impediment: 'health', proof };
  const path = `/offers/${person.appointment}/desk-answer`;
  expect((await api.call('POST', path, { token, json })).status).toBe(200);
  api.time.nowMs += 3_600_000;
  await carryOutDue(api);
  expect(await absenceOf(person)).toBeNull();
  expect((await api.store.entries.get(prefecture, person.id))?.state).toBe('waiting');
});

test('who leaves the list an hour before sits out draws with the next entry, and is told', async () => {
  const { id, token, request } = await booked();
  await api.call('DELETE', `/entries/${id}`, { token });
  const next = await join(api, request);
  expect(await absenceOf(next)).toEqual({ cause: 'late_cancel', state: 'standing', drawsLeft: 2 });
  const due = await api.store.messages.due(prefecture, 100);
  expect(due).toEqual(expect.arrayContaining([`absence.${id}.3`, `absence.${next.id}.3`]));
});

test.each([
  ['misses it', 'POST', '/appointments/%/attendance', { attended: false }],
  ['leaves too late', 'DELETE', '/entries/@', undefined],
  ['is decided on', 'POST', '/entries/@/absence/decision', { decision: 'lift' }],
] as const)('who %s is told at once', async (what, method, path, json) => {
  const { id, token, appointment } = await booked();
  if (what === 'is decided on')
    await api.store.offers.cancel(prefecture, appointment, api.time.nowMs);
  if (what === 'misses it') api.time.nowMs += 7_200_000;
  const { dispatch } = api.queues();
  await api.deps().waker.close();
  for (const job of await dispatch.getJobs(['waiting'])) await job.remove();
  const by = json ? await api.keyOf('supervisor') : token;
  const address = path.replace('%', appointment).replace('@', id);
  const answer = await api.call(method, address, { token: by, ...(json ? { json } : {}) });
  expect(answer.status).toBeLessThan(300);
  await api.deps().waker.close();
  expect(await dispatch.getJobCounts('waiting')).toEqual({ waiting: 1 });
  expect((await api.store.messages.due(prefecture, 100)).join()).toMatch(/absence(_decided)?\./);
});

test.each([{ statement: '' }, { statement: 'x'.repeat(1001) }, {}])(
  'an appeal of %j is refused',
  async (json) => {
    const { id, token } = await booked();
    const refused = await api.call('POST', `/entries/${id}/appeal`, { token, json });
    expect([refused.status, refused.body.code]).toEqual([400, 'request_invalid']);
  },
);

test('on its page a person reads what it costs, cancels with an impediment, or says why', async () => {
  const { id, token, appointment } = await booked();
  const post = (fields: Record<string, string>) =>
    exchange(
      entryPageUrl(api.origin(), prefecture, id),
      'POST',
      new URLSearchParams({ token, offer: appointment, ...fields }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
    );
  api.time.nowMs += 2000; // the prefecture is remembered for a second
  expect((await post({ action: 'show' })).text).toContain('aux 2 tirages suivants');
  expect((await post({ action: 'cancel' })).text).toContain('<option value="transport">');
  expect((await post({ action: 'withdraw' })).text).toContain('ou quittez la liste d’attente');
  const cancelled = await post({ action: 'cancel_confirmed', impediment: '' });
  expect(cancelled.text).toContain('annulé un rendez-vous trop tard');
  expect(cancelled.text).toContain('<strong>2</strong>');
  expect((await post({ action: 'appeal', statement: ' ' })).status).toBe(422);
  const appealed = await post({ action: 'appeal', statement });
  expect([appealed.status, appealed.text.includes('bien partie')]).toEqual([200, true]);
  expect(await api.store.absences.appealOf(prefecture, id)).toBeDefined();
});

test('the rule is published, where there is one', async () => {
  const page = () =>
    exchange(`${api.origin()}${prefecturePageUrl('', prefecture)}`, 'GET', undefined, {});
  expect((await page()).text).not.toContain('tirages suivants');
  await booked();
  expect((await page()).text).toContain('aux 2 tirages suivants');
});
