import { beforeEach, describe, expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createIdentityKeys } from '#src/identity/person/identity-key.ts';
import { farStart } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { sampleSlot } from '../../support/samples.ts';
import { hourMs, join, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';
const startMs = Date.parse(farStart);
let token = '';
let entry = '';
let theirs = '';
let world: DrawWorld;

const passport = (number: string) => ({ kind: 'passport', country: 'MLI', number });
const own = {
  name: 'Zoé N’Diaye',
  document: passport('AO1234567'),
  otherDocuments: [{ kind: 'agdref', number: '9912345678' }],
};
const note = (json: object) =>
  api.call('POST', `/appointments/${draw}.${entry}/attendance`, { token, json });
const stored = () => api.store.entries.get(prefecture, entry);

/** A person has an appointment, and the desk opens. */
async function book(person: object = own): Promise<void> {
  token = await api.keyOf('agent');
  const joined = await join(api, { ...joinRequest(), requestType: 'first', person });
  ({ id: entry, token: theirs } = joined);
  world = new DrawWorld(api.redis);
  const slot = sampleSlot({ id: 'slot-1', capacity: 1, requestTypes: ['first'] });
  await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
  await world.draw(draw);
  await api.call('POST', `/offers/${draw}.${entry}/accept`, { token: theirs });
  api.time.nowMs = startMs;
}

describe('at the desk', () => {
  beforeEach(() => book());

  test.each([
    ['the document', passport('AO1234567')],
    ['it in another spelling', passport('ao 1234 567')],
    ['another one of the same person', { kind: 'agdref', number: '99 1234 5678' }],
  ])('%s will do', async (_, document) => {
    const { status, body } = await note({ attended: true, document });
    expect([status, body.appointment]).toEqual([200, 'attended']);
    expect((await stored())?.state).toBe('served');
    const { text } = await api.call('GET', `/entries/${entry}`, { token: theirs });
    expect(text).toContain('"appointment":"attended"');
  });

  test('a document of another person: no appointment, an event, and counts', async () => {
    const { status, body, text } = await note({ attended: true, document: passport('XX7654321') });
    expect([status, body.appointment]).toEqual([200, 'refused']);
    expect(text).not.toMatch(/1234567|7654321|Diaye/);
    expect((await stored())?.state).toBe('rejected');
    const events = (await world.laterEvents(draw)).map(({ type }) => type);
    expect(events).toEqual(['accepted', 'rejected']);
    api.time.nowMs += hourMs;
    const { desk } = (await api.call('GET', '/statistics')).body;
    expect(desk).toEqual({ attended: 0, unchecked: 0, noShow: 0, refused: 1 });
    const { values } = await api.deps().metrics.attendance.get();
    expect(values).toMatchObject([{ labels: { outcome: 'refused' }, value: 1 }]);
    // As a verifier reads it: the events are possible, and the place is free.
    expect((await world.replay(draw)).reserve.freed()).toMatchObject([
      { slot: 'slot-1', places: 1 },
    ]);
  });

  test('the name of an entry cannot be changed, so a place is worth nothing to another', async () => {
    for (const person of [{ name: 'Another' }, own]) {
      const change = { token: theirs, json: { person, accepts: null } };
      const { status, body } = await api.call('PATCH', `/entries/${entry}`, change);
      expect([status, body.code]).toEqual([400, 'request_invalid']);
    }
    const renamed = { token: theirs, json: { accepts: null, name: 'Another' } };
    expect((await api.call('PATCH', `/entries/${entry}`, renamed)).status).toBe(400);
  });

  test('without a document a reason is needed, and it is counted apart', async () => {
    const { status, body } = await note({ attended: true });
    expect([status, body.code]).toEqual([400, 'request_invalid']);
    expect(body.errors[0].member).toBe('document');
    expect((await note({ attended: true, reason: 'Stolen, with a police report' })).status).toBe(
      200,
    );
    const { desk } = (await api.call('GET', '/statistics')).body;
    expect(desk).toMatchObject({ attended: 0, unchecked: 1 });
  });

  test('nothing is noted of an appointment that is still to come', async () => {
    const [came, missed] = [{ attended: true, document: own.document }, { attended: false }];
    const codeAt = async (nowMs: number, json: object) => {
      api.time.nowMs = nowMs;
      return (await note(json)).body.code;
    };
    // People come on its local day, also early; nobody is missing before it begins.
    const midnightMs = startMs - 9 * hourMs;
    expect(await codeAt(midnightMs - 1, came)).toBe('appointment_early');
    expect(await codeAt(startMs - 1, missed)).toBe('appointment_early');
    expect((await stored())?.state).toBe('booked');
    expect(await codeAt(midnightMs, came)).toBeUndefined();
    expect((await stored())?.state).toBe('served');
  });

  test('a misread number is put right', async () => {
    await note({ attended: true, document: passport('AO1234576') });
    expect((await note({ attended: true, document: own.document })).body.appointment).toBe(
      'attended',
    );
    expect((await stored())?.state).toBe('served');
  });

  test('nobody came: there is no document', async () => {
    const { status, body } = await note({ attended: false, document: own.document });
    expect([status, body.errors[0].member]).toEqual([400, 'document']);
    expect((await note({ attended: false })).body.appointment).toBe('no_show');
  });

  test('a document is known by a former key of the keyring', async () => {
    const key = (id: string, letter: string) =>
      `${id}:${Buffer.from(letter.repeat(32)).toString('base64')}`;
    const ring = parseKeyring(`${key('k2', 'z')},${key('k1', 'c')}`);
    Object.assign(api.deps().identityKeys, createIdentityKeys(ring));
    const { body } = await note({ attended: true, document: own.document });
    expect(body.appointment).toBe('attended');
  });
});

test('who has no document is asked for the name', async () => {
  const document = { kind: 'none', birthDate: '1984-02-29', nationality: 'MLI' };
  await book({ name: 'Mohamed Ba', document });
  expect((await note({ attended: true, document })).body.errors[0].member).toBe('name');
  const { body } = await note({ attended: true, document, name: 'BA Mohammed' });
  expect(body.appointment).toBe('attended');
});
