import { expect, test } from 'vitest';
import { DrawWorld } from '../support/draw-world.ts';
import { join, prefecture, useApi } from './harness.ts';

const api = useApi();
const draw = '20261201-draw01';
const statement = 'Mon train était supprimé, حافلة';

/** A person with an appointment, under a rule that costs two draws; less than a day before it. */
async function booked() {
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    settings: { ...before.settings, absenceDraws: 2 },
  }));
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
    const { request, appointment } = await booked();
    await api.store.offers.attend(prefecture, appointment, 'miss', api.time.nowMs);
    let next: { id: string; token: string };
    if (origin === undefined) next = await join(api, request);
    else {
      const token = await api.keyOf('agent');
      const entered = await api.call('POST', '/desk-entries', {
        token,
        json: { ...request, origin },
      });
      next = entered.body.results[0];
    }
    expect(await absenceOf(next)).toEqual({ cause: 'no_show', state: 'standing', drawsLeft: 2 });
    expect((await api.store.entries.get(prefecture, next.id))?.since).toBe(3);
  },
);

test.each([{ statement: '' }, { statement: 'x'.repeat(1001) }, {}])(
  'an appeal of %j is refused',
  async (json) => {
    const { id, token } = await booked();
    const refused = await api.call('POST', `/entries/${id}/appeal`, { token, json });
    expect([refused.status, refused.body.code]).toEqual([400, 'request_invalid']);
  },
);
