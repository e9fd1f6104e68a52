import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { checkStore } from '#src/store/check/check-store.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { callProof, hourMs, join, minuteMs, prefecture, useApi } from '../api/harness.ts';
import { openHouse } from '../support/house.ts';
import { redisUrl } from '../support/redis.ts';

// Somebody answers for people: staff with a key, who would like a place to go further down the list.

const api = useApi();
const keys = keysOf(prefecture);
let token = '';
let draw = '';
let winner = { id: '', token: '' };
let next = { id: '', token: '' };

const house = openHouse({ redisUrl: redisUrl() });
afterAll(() => house.close());

/** The worker of offers, by the clock of the API. */
async function sweepNow(): Promise<void> {
  house.time.nowMs = api.time.nowMs;
  await sweep(house.steps(), prefecture);
}

/** One place, two people: one has it offered, one is on the reserve list. */
beforeEach(async () => {
  token = await api.keyOf('agent');
  const first = { requestType: 'first' };
  const [one, other] = [await join(api, first), await join(api, first)];
  const slot = { id: 's1', site: 'nanterre', capacity: 1, requestTypes: ['first'] };
  const slots = [{ ...slot, start: '2027-01-12T09:00:00+01:00' }];
  const supervisor = await api.keyOf('supervisor');
  expect((await api.call('POST', '/slots', { token: supervisor, json: { slots } })).status).toBe(
    201,
  );
  house.time.nowMs = api.time.nowMs;
  const { id } = await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key');
  await advanceDraws(house.steps({ entropy: operatorEntropy(api.vault) }), prefecture);
  api.forget();
  draw = id;
  const held = await api.store.entries.get(prefecture, one.id);
  [winner, next] = held?.held ? [one, other] : [other, one];
});

const offerOf = (person = winner) => `${draw}.${person.id}`;
const desk = (action: string, proof: object = callProof(api, winner.id)) =>
  api.call('POST', `/offers/${offerOf()}/desk-answer`, { token, json: { action, proof } });
const undo = (person = winner) =>
  api.call('POST', `/offers/${offerOf()}/undo`, { token: person.token });
const stateOf = async ({ id } = winner) => (await api.store.entries.get(prefecture, id))?.state;
const events = async () =>
  (await api.redis.lrange(keys.drawEvents(draw), 0, -1)).map((line) => {
    const { type, by } = JSON.parse(line);
    return by === undefined ? type : `${type} by ${by}`;
  });
const acts = async () => (await api.call('GET', `/draws/${draw}`)).body.acts;
const told = async () =>
  (await api.store.messages.due(prefecture, 100)).filter((id) => id.startsWith('acted_for'));

async function faults(): Promise<string[]> {
  const context = { redis: api.redis, prefecture, keys, nowMs: api.time.nowMs };
  return (await checkStore(context, { most: 10 })).faults.map(({ text }) => text);
}

describe('what an agent declines for a winner', () => {
  test('is told at once, is nowhere in public, and gives nobody a place, for an hour', async () => {
    expect((await desk('decline')).body).toMatchObject({
      state: 'pending',
      deferred: {
        act: 'decline',
        by: 'staff',
        dueAt: new Date(api.time.nowMs + hourMs).toISOString(),
      },
    });
    expect(await told()).toEqual([`acted_for.${winner.id}.${api.time.nowMs}-staff-decline`]);
    api.time.nowMs += 59 * minuteMs;
    await sweepNow();
    expect([await stateOf(), await stateOf(next)]).toEqual(['offered', 'waiting']);
    expect(await events()).toEqual(['offered']);
    expect(await faults()).toEqual([]);

    api.time.nowMs += minuteMs;
    await sweepNow();
    expect([await stateOf(), await stateOf(next)]).toEqual(['waiting', 'offered']);
    expect(await events()).toEqual(['offered', 'declined by staff', 'refilled']);
    expect(await acts()).toMatchObject({ staff: 1, helper: 0, undone: 0 });
    expect(await faults()).toEqual([]);
  });

  test('is undone by its person as if it had never been, and counted', async () => {
    await desk('decline');
    expect((await undo(next)).status).toBe(401);
    expect((await undo()).body).toMatchObject({ state: 'pending' });
    expect((await undo()).status).toBe(200);
    api.time.nowMs += 2 * hourMs;
    await sweepNow();
    expect([await stateOf(), await stateOf(next)]).toEqual(['offered', 'waiting']);
    expect(await events()).toEqual(['offered']);
    expect(await acts()).toMatchObject({ staff: 0, undone: 1 });
    // Its own deadline still ends it.
    const { deadlineMs = 0 } = (await api.store.offers.get(prefecture, offerOf())) ?? {};
    expect(await api.redis.zscore(keys.deadlines, offerOf())).toBe(String(deadlineMs));
    expect(await faults()).toEqual([]);
  });

  test('is not undone any more once it took effect, also if one before it was', async () => {
    await desk('decline');
    await undo();
    await desk('decline');
    api.time.nowMs += hourMs;
    await sweepNow();
    expect(await stateOf()).toBe('waiting');
    expect((await undo()).body.code).toBe('answer_final');
    expect(await acts()).toMatchObject({ staff: 1, undone: 1 });
  });

  test('is told each time, also after it was undone', async () => {
    await desk('decline');
    await undo();
    api.time.nowMs += minuteMs;
    await desk('decline');
    await desk('decline');
    expect(await told()).toHaveLength(2);
  });

  test('is overruled by what its person answers meanwhile', async () => {
    await desk('decline');
    const answer = await api.call('POST', `/offers/${offerOf()}/accept`, { token: winner.token });
    expect(answer.body).toMatchObject({ appointment: 'booked' });
    api.time.nowMs += 2 * hourMs;
    await sweepNow();
    expect([await stateOf(), await stateOf(next)]).toEqual(['booked', 'waiting']);
    expect(await events()).toEqual(['offered', 'accepted']);
    expect(await faults()).toEqual([]);
  });

  test('never outlives the offer', async () => {
    const { deadlineMs = 0 } = (await api.store.offers.get(prefecture, offerOf())) ?? {};
    api.time.nowMs = deadlineMs - minuteMs;
    const { body } = await desk('decline');
    expect(Date.parse(body.deferred.dueAt)).toBe(deadlineMs);
    api.time.nowMs = deadlineMs;
    await sweepNow();
    expect(await events()).toEqual(['offered', 'declined by staff', 'refilled']);
    expect((await undo()).body.code).toBe('answer_final');
  });
});

describe('an appointment', () => {
  beforeEach(async () => {
    await api.call('POST', `/offers/${offerOf()}/accept`, { token: winner.token });
  });

  test.each([
    ['given up by the desk', () => desk('cancel'), 'waiting', 'cancelled by staff'],
    [
      'of who leaves by the desk',
      () =>
        api.call('POST', `/entries/${winner.id}/desk-withdrawal`, {
          token,
          json: { proof: callProof(api, winner.id) },
        }),
      'withdrawn',
      'withdrawn by staff',
    ],
  ] as const)('%s stays for an hour, and can be kept', async (_, give, state, event) => {
    expect((await give()).status).toBeLessThan(300);
    expect(await stateOf()).toBe('booked');
    await undo();
    api.time.nowMs += hourMs;
    await sweepNow();
    expect(await stateOf()).toBe('booked');

    await give();
    api.time.nowMs += hourMs;
    await sweepNow();
    await sweepNow();
    expect([await stateOf(), await stateOf(next)]).toEqual([state, 'offered']);
    expect(await events()).toEqual(['offered', 'accepted', event, 'refilled']);
    expect(await acts()).toMatchObject({ staff: 1, undone: 1 });
    expect(await faults()).toEqual([]);
  });
});

test('what an agent accepts takes effect at once, and its person can give it back for an hour', async () => {
  await desk('accept');
  expect(await stateOf()).toBe('booked');
  api.time.nowMs += 59 * minuteMs;
  expect((await undo()).body).toMatchObject({ appointment: 'cancelled' });
  expect(await stateOf()).toBe('waiting');
  expect(await events()).toEqual(['offered', 'accepted by staff', 'cancelled']);
  expect(await faults()).toEqual([]);
});

test('what an agent accepted is its person’s, after that hour', async () => {
  await desk('accept');
  api.time.nowMs += hourMs;
  expect((await undo()).body.code).toBe('answer_final');
  expect(await stateOf()).toBe('booked');
});

test('a person on the list leaves by the desk at once, and is told', async () => {
  const json = { proof: callProof(api, next.id) };
  const left = await api.call('POST', `/entries/${next.id}/desk-withdrawal`, { token, json });
  expect(left.status).toBe(202);
  expect(await stateOf(next)).toBe('withdrawn');
  expect(await events()).toEqual(['offered', 'withdrawn by staff']);
  expect(await told()).toEqual([`acted_for.${next.id}.${api.time.nowMs}-staff-withdraw`]);
});

describe('nobody answers for a person', () => {
  test.each([
    ['without a word of theirs', undefined, 400, 'request_invalid'],
    ['with a code that is not theirs', { callCode: '000000' }, 422, 'proof_wrong'],
    [
      'with a document of another',
      { document: { kind: 'passport', country: 'MLI', number: 'ZZ9999999' } },
      422,
      'proof_wrong',
    ],
    [
      'with a document that is none',
      { document: { kind: 'none', birthDate: '1990-01-01', nationality: 'MLI' } },
      400,
      'request_invalid',
    ],
  ])('%s', async (_, proof, status, code) => {
    const json = { action: 'decline', ...(proof ? { proof } : {}) };
    const path = `/offers/${offerOf()}/desk-answer`;
    const refused = await api.call('POST', path, { token, json });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    const left = await api.call('POST', `/entries/${winner.id}/desk-withdrawal`, {
      token,
      json: proof ? { proof } : {},
    });
    expect(left.status).toBe(status);
    expect(await told()).toEqual([]);
    expect((await api.store.offers.get(prefecture, offerOf()))?.deferred).toBeUndefined();
  });

  test('by trying codes: after five none is looked at, however many come at once', async () => {
    const wrong = Array.from({ length: 30 }, (_, n) =>
      desk('decline', { callCode: `${100_000 + n}` }),
    );
    const answers = (await Promise.all(wrong)).map(({ status }) => status);
    expect(answers.filter((status) => status === 422)).toHaveLength(5);
    expect(answers.filter((status) => status === 429)).toHaveLength(25);
    expect((await desk('decline')).status).toBe(429);
    api.time.nowMs += 24 * hourMs;
    expect((await desk('decline')).status).toBe(200);
  });

  test('by a code that its person has changed', async () => {
    const path = `/entries/${winner.id}/call-code`;
    const own = { token: winner.token };
    const before = (await api.call('GET', path, own)).body;
    expect(before).toEqual(callProof(api, winner.id));
    expect((await api.call('GET', path, { token: next.token })).status).toBe(401);
    expect((await api.call('GET', path, { token })).status).toBe(401);
    const after = (await api.call('POST', path, own)).body;
    expect((await desk('decline', before)).body.code).toBe('proof_wrong');
    expect((await desk('decline', after)).status).toBe(200);
  });
});

test('right proofs are no tries: a desk may answer as often as its people ask', async () => {
  for (let time = 0; time < 12; time += 1) expect((await desk('decline')).status).toBe(200);
});

test('by a document of the person, as it was shown', async () => {
  const { document } = (await api.call('GET', `/entries/${winner.id}/export`, winner)).body.person;
  expect((await desk('decline', { document })).status).toBe(200);
});

describe('whoever is touched is told', () => {
  test.each([
    ['false_identity', 'identity'],
    ['not_concerned', 'ineligible'],
    ['duplicate_person', 'duplicate'],
  ])('who is rejected (%s): why, and how to contest it', async (reason, cause) => {
    const supervisor = await api.keyOf('supervisor');
    const path = `/entries/${winner.id}/rejection`;
    const { status } = await api.call('POST', path, { token: supervisor, json: { reason } });
    expect(status).toBe(200);
    expect(await api.store.messages.due(prefecture, 100)).toContain(`rejected.${winner.id}.1`);
    const own = await api.call('GET', `/entries/${winner.id}`, { token: winner.token });
    expect(own.body).toMatchObject({ state: 'rejected', rejection: cause });
    const { body } = await api.call('GET', `/entries/${winner.id}/export`, winner);
    expect(body.entry.rejection).toBe(cause);
    const lines = await api.redis.lrange(keys.drawEvents(draw), 0, -1);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'rejected', cause });
    // One alone could be somebody: told in the sum only.
    expect(await acts()).toMatchObject({ rejected: 1, rejectedBy: {} });
  });

  test('of data that an agent has disclosed', async () => {
    const supervisor = await api.keyOf('supervisor');
    const path = `/entries/${winner.id}/disclosure`;
    const json = { reason: 'complaint' };
    expect((await api.call('POST', path, { token: supervisor, json })).status).toBe(200);
    expect(await told()).toEqual([`acted_for.${winner.id}.${api.time.nowMs}-staff-exported`]);
  });

  test('of what is done with the link of an entry that the desk made', async () => {
    const json = {
      requestType: 'first',
      person: {
        name: 'Bo Exemple',
        document: { kind: 'passport', country: 'MLI', number: 'AB1234567' },
      },
      contact: { email: 'bo@example.org' },
    };
    const { body } = await api.call('POST', '/desk-entries', { token, json });
    const [{ id }] = body.results;
    expect(JSON.stringify(body)).not.toContain('token');
    const own = { token: api.tokens.entryToken(prefecture, id) };
    const accepts = { sites: ['nanterre'] };
    await api.call('PATCH', `/entries/${id}`, { ...own, json: { accepts } });
    // However often: one message an hour of a kind.
    for (let time = 0; time < 3; time += 1) await api.call('GET', `/entries/${id}/export`, own);
    await api.call('DELETE', `/entries/${id}`, own);
    const at = `acted_for.${id}.${api.time.nowMs - (api.time.nowMs % hourMs)}`;
    expect([...new Set(await told())]).toEqual([
      `${at}-link-availability`,
      `${at}-link-exported`,
      `${at}-link-withdraw`,
    ]);
  });

  test('of nothing that they did themselves', async () => {
    const accepts = { sites: ['nanterre'] };
    await api.call('PATCH', `/entries/${next.id}`, { token: next.token, json: { accepts } });
    await api.call('GET', `/entries/${next.id}/export`, { token: next.token });
    await api.call('DELETE', `/entries/${next.id}`, { token: next.token });
    expect(await told()).toEqual([]);
  });
});
