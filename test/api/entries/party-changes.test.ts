import { beforeEach, describe, expect, test } from 'vitest';
import { openSeries } from '#src/allocator/record/series.ts';
import { checkStore } from '#src/store/check/check-store.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { settlePartings } from '#src/usecases/entries/split-party.ts';
import { farStart, sampleManifest } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { sampleSlot } from '../../support/samples.ts';
import { join, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
const keys = keysOf(prefecture);
const passport = (number: string) => ({ kind: 'passport' as const, country: 'MLI', number });
const wife = { name: 'Zoé Exemple', document: passport('AA1234567'), birthDate: '1984-02-29' };
const child = { name: 'Bo Exemple', birthDate: '2019-12-31' };
const brother = { name: 'Issa Exemple', document: passport('AA7654321') };
/** So that whoever was not drawn missed something. */
const sampleAllocatorSlot = {
  ...{ id: 's1', site: 'nanterre', start: '2026-12-15T09:00:00+01:00', capacity: 6 },
  requestTypes: ['first'],
};
let agent = '';

beforeEach(async () => {
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    requestTypes: before.requestTypes.map((type) => ({ ...type, partyMax: 4 })),
  }));
  api.forget();
  agent = await api.keyOf('agent');
});

const family = (others: object[] = [wife, child]) => join(api, { requestType: 'first', others });
const add = (id: string, token: string, json: object) =>
  api.call('POST', `/entries/${id}/party/members`, { token, json });
const remove = (id: string, token: string, member: number, people: number) =>
  api.call('DELETE', `/entries/${id}/party/members/${member}?people=${people}`, { token });
const split = (id: string, token: string, member: number, people: number) =>
  api.call('POST', `/entries/${id}/party/members/${member}/split?people=${people}`, { token });
const stored = (id: string) => api.store.entries.get(prefecture, id);
const due = async () =>
  (await api.store.messages.due(prefecture, 20)).map((id) => id.split('.')[0]);
const identities = () => api.redis.hgetall(keys.identities);
const claimsOf = (jws: string) =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
const faults = async () => {
  const context = { redis: api.redis, prefecture, keys, nowMs: api.time.nowMs };
  return (await checkStore(context, { most: 10 })).faults.map(({ text }) => text);
};

describe('who comes along', () => {
  test('is shown to the person, by name and without numbers', async () => {
    const { id, token } = await family();
    const { body, text } = await api.call('GET', `/entries/${id}/party`, { token });
    expect(body).toMatchObject({
      people: 3,
      members: [
        { member: 0, documents: ['agdref'] },
        { member: 1, name: wife.name, documents: ['passport'] },
        { member: 2, name: child.name, documents: [], birthDate: child.birthDate },
      ],
      parting: null,
    });
    expect(text).not.toContain('AA1234567');
    expect((await api.call('GET', `/entries/${id}/party`, { token: agent })).status).toBe(401);
  });

  test('is added by the person, once, and stands in no other entry then', async () => {
    const { id, token } = await family();
    const first = await add(id, token, brother);
    expect(first.body).toMatchObject({ id, people: 4 });
    expect(claimsOf(first.body.receipt)).toMatchObject({ party: 4, entry: id });
    const again = await add(id, token, { ...brother, name: 'ISSA' });
    expect(again.body.people).toBe(4);
    expect(Object.values(await identities())).toEqual([id, id, id, id]);
    const alone = await api.call('POST', '/entries', {
      json: { ...joinRequest(), requestType: 'first', person: brother },
    });
    expect(alone.body.code).toBe('entry_duplicate');
    expect(await faults()).toEqual([]);
  });

  test('may be added to a person alone, and taken out again', async () => {
    const { id, token } = await join(api, { requestType: 'first' });
    const before = await stored(id);
    expect((await add(id, token, child)).body.people).toBe(2);
    const { body } = await remove(id, token, 1, 2);
    expect(body.people).toBe(1);
    expect(claimsOf(body.receipt)).not.toHaveProperty('party');
    const after = await stored(id);
    expect(after).not.toHaveProperty('party');
    expect(after).toMatchObject({ identity: before?.identity, clues: before?.clues });
    expect(Object.keys(await identities())).toEqual([before?.identity]);
    expect(await faults()).toEqual([]);
  });

  test('is told of what an agent changes, and not of what they do themselves', async () => {
    const { id, token } = await family();
    await add(id, token, brother);
    expect(await due()).not.toContain('party');
    expect((await remove(id, agent, 3, 4)).body.people).toBe(3);
    expect(await due()).toContain('party');
  });

  test('a repeat of taking out takes nobody else out', async () => {
    const { id, token } = await family();
    expect((await remove(id, token, 1, 3)).status).toBe(200);
    const again = await remove(id, token, 1, 3);
    expect([again.status, again.body.code]).toEqual([409, 'party_changed']);
    expect((await api.call('GET', `/entries/${id}/party`, { token })).body.members[1].name).toBe(
      child.name,
    );
    expect((await remove(id, token, 2, 2)).body.code).toBe('member_not_found');
  });

  test('is refused as when joining', async () => {
    const { id, token } = await family();
    await join(api, { requestType: 'first', person: brother });
    expect((await add(id, token, brother)).body.code).toBe('entry_duplicate');
    const adult = await add(id, token, { ...child, birthDate: '1999-12-31' });
    expect([adult.body.code, adult.body.member]).toEqual(['document_refused', 'document']);
    await add(id, token, { ...child, name: 'Lu' });
    expect((await add(id, token, { ...child, name: 'Ru' })).body.code).toBe('party_too_large');
  });

  test('does not get round the draws that they sit out', async () => {
    await api.store.prefectures.update(
      prefecture,
      (before) => ({
        ...before,
        settings: { ...before.settings, absenceDraws: 2 },
      }),
      api.time.nowMs,
    );
    api.forget();
    const { id, token } = await join(api, { requestType: 'first' });
    const [identity = ''] = api
      .deps()
      .identityKeys.allKeysOf(prefecture, 'first', brother.document, brother.name);
    await api.redis.hset(keys.suspensions, identity, '2:no_show');
    expect((await add(id, token, brother)).body.code).toBe('party_changed');
    expect((await add(id, token, wife)).body.people).toBe(2);
  });

  test('has the name of somebody else: an agent looks', async () => {
    const person = { name: 'Zoe EXEMPLE', document: passport('BB1'), birthDate: wife.birthDate };
    const other = await join(api, { requestType: 'first', person });
    const { id, token } = await join(api, { requestType: 'first' });
    await add(id, token, wife);
    const { flags } = await api.store.flags.list(prefecture, { limit: 10, state: 'open' });
    expect(flags.map(({ entries }) => [...entries].sort())).toEqual([[id, other.id].sort()]);
  });
});

describe('around a draw', () => {
  test('nothing changes while it is being held; the size is that of the freeze', async () => {
    const world = new DrawWorld(api.redis);
    const { id, token } = await family();
    await world.begin('d1');
    expect((await add(id, token, brother)).body.code).toBe('entry_frozen');
    expect((await remove(id, token, 1, 3)).body.code).toBe('entry_frozen');
    expect((await split(id, token, 1, 3)).body.code).toBe('entry_frozen');
    await world.draw('d1');
    expect(world.snapshot('d1').entries).toMatchObject([{ id, party: 3 }]);
    expect((await add(id, token, brother)).status).toBe(200);
  });

  test('void draws and those of other types do not make a change an old one', async () => {
    const world = new DrawWorld(api.redis);
    const { id, token } = await family();
    await world.draw('d1');
    expect((await add(id, token, brother)).status).toBe(200);
    await world.closePrevious();
    await world.begin('d2');
    await world.publishManifest('d2');
    await api.store.draws.void(prefecture, 'd2', { reason: 'r', agent: 'k1' }, api.time.nowMs);
    await api.store.draws.unwind(prefecture, 'd2', api.time.nowMs);
    expect((await split(id, token, 1, 4)).body.code).toBe('party_changed');
    await world.draw('d3');
    expect((await split(id, token, 1, 4)).status).toBe(200);
  });

  test('one leaves and goes on alone with the missed draws, once the draw is over', async () => {
    const world = new DrawWorld(api.redis);
    const { id, token } = await family();
    // Places that the family could have had, and others had first.
    const slot = sampleSlot({ id: 's1', capacity: 3, start: farStart, requestTypes: ['first'] });
    await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
    const others = ['0001', '0002', '0003'];
    for (const other of others) await world.addEntry(other);
    await world.draw('d1');
    const wish = await split(id, token, 1, 3);
    expect(wish.body).toEqual({ id, people: 3, alone: null });
    expect((await split(id, token, 1, 3)).body).toEqual(wish.body);
    expect((await add(id, token, brother)).body.code).toBe('party_changed');
    expect(await faults()).toEqual([]);
    expect(await settlePartings(api.deps(), prefecture, api.time.nowMs)).toBe(0);
    await world.closePrevious();
    expect(await settlePartings(api.deps(), prefecture, api.time.nowMs)).toBe(1);
    expect(await settlePartings(api.deps(), prefecture, api.time.nowMs)).toBe(0);
    const rest = await stored(id);
    const { entries } = await api.store.entries.list(prefecture, { limit: 10 });
    const alone = entries.find((entry) => ![id, ...others].includes(entry.id));
    expect(rest).toMatchObject({ party: 2, missed: 1, state: 'waiting' });
    expect(alone).toMatchObject({ missed: 1, state: 'waiting', since: 1 });
    expect(alone).not.toHaveProperty('party');
    const leaf = { from: id, kind: 'carried', missed: 1, to: alone?.id };
    const leaves = (await api.redis.lrange(keys.registerLeaves, 0, -1)).map((one) =>
      JSON.parse(one),
    );
    expect(leaves.filter(({ kind }) => kind === 'carried')).toMatchObject([leaf]);
    expect(await due()).toEqual(expect.arrayContaining(['party', 'welcome']));
    expect(await faults()).toEqual([]);
    await world.draw('d2');
    const series = openSeries(leaves.filter(({ kind }) => kind === 'carried'));
    const seen = (draw: string, frozenAt: string) => ({
      manifest: { ...sampleManifest(draw, { entries: 1, slots: 1 }), frozenAt },
      entries: world.snapshot(draw).entries,
      slots: [sampleAllocatorSlot],
      winners: [],
      events: [],
    });
    series.see(seen('d1', '2026-12-01T08:00:00Z'));
    series.see(seen('d2', '2026-12-08T08:00:00Z'));
    expect(series.summary()).toMatchObject({ compared: 1, carried: 1, partyChanges: 1 });
    expect(world.snapshot('d2').entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id, party: 2, missed: 1 }),
        expect.objectContaining({ id: alone?.id, missed: 1 }),
      ]),
    );
  });

  test('who goes on alone has their own secret and documents, and the same contact', async () => {
    const { id, token, request } = await family();
    const { body } = await split(id, token, 1, 3);
    expect(body).toMatchObject({ people: 2, alone: { id: expect.any(String) } });
    const own = { token: body.alone.token };
    const { person } = (await api.call('GET', `/entries/${body.alone.id}/export`, own)).body;
    expect(person).toMatchObject({ name: wife.name, document: wife.document });
    expect(person.email).toBe(request.contact.email);
    const all = await identities();
    expect(Object.values(all).sort()).toEqual([id, id, body.alone.id].sort());
    expect(claimsOf(body.alone.receipt)).not.toHaveProperty('party');
    expect((await split(id, token, 1, 3)).body.code).toBe('party_changed');
    expect((await split(id, token, 1, 2)).body.code).toBe('document_refused');
    expect(await faults()).toEqual([]);
  });
});

test('a helper changes a party by mandate, and the person is told', async () => {
  const admin = await api.keyOf('admin');
  const helper = { category: 'lawyer', label: 'Me Exemple' };
  const { key } = (await api.call('POST', '/helpers', { token: admin, json: helper })).body;
  const mandate = { reference: 'dossier 12', from: '2026-12-01', until: '2027-01-01' };
  const json = { ...joinRequest(), requestType: 'first', others: [wife], mandate };
  const { id } = (await api.call('POST', '/helper-entries', { token: key, json })).body;
  const path = `/helper-entries/${id}/party/members`;
  const added = await api.call('POST', path, { token: key, json: brother });
  expect(added.body.people).toBe(3);
  expect(await due()).toContain('party');
  const left = await api.call('DELETE', `${path}/1?people=3`, { token: key });
  expect(left.body.people).toBe(2);
  const gone = await api.call('POST', `${path}/1/split?people=2`, { token: key });
  expect(gone.body).toMatchObject({ people: 1, alone: { id: expect.any(String) } });
  expect(gone.body.alone).not.toHaveProperty('token');
  const other = await family([child]);
  const foreign = await api.call('POST', `/helper-entries/${other.id}/party/members`, {
    token: key,
    json: { ...child, name: 'Lu' },
  });
  expect(foreign.body.code).toBe('mandate_not_found');
});
