import { beforeEach, describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { join, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
const keys = keysOf(prefecture);
const agdref = (number: string) => ({ kind: 'agdref', number });
const passport = (number: string) => ({ kind: 'passport', country: 'MLI', number });
const child = { name: 'Bo Exemple', birthDate: '2019-12-31' };
const wife = { name: 'Zoé Exemple', document: passport('AA1234567') };
const post = (json: object, headers = {}) => api.call('POST', '/entries', { json, headers });
const family = (members: object = {}) => ({
  ...joinRequest(),
  requestType: 'first',
  others: [wife, child],
  ...members,
});

/** From here on people may come together for a first request. */
beforeEach(async () => {
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    requestTypes: before.requestTypes.map((type) =>
      type.id === 'first'
        ? { ...type, partyMax: 4, partyNote: { fr: 'Toute la famille vient.' } }
        : type,
    ),
  }));
  api.forget();
});

describe('a family', () => {
  test('is one entry of three people, sealed together', async () => {
    const { id, token, request } = await join(api, family());
    expect((await api.call('GET', `/entries/${id}`, { token })).body).toMatchObject({ party: 3 });
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(body.person).toMatchObject({
      name: request.person.name,
      others: [
        { name: wife.name, document: wife.document, birthDate: null },
        { name: child.name, document: null, birthDate: child.birthDate },
      ],
    });
    expect(body.entry.party).toBe(3);
    expect(Object.keys(await api.redis.hgetall(keys.identities))).toHaveLength(3);
    const stored = JSON.stringify(await api.redis.hgetall(keys.entries));
    for (const mark of ['Exemple', 'AA1234567', '2019']) expect(stored).not.toContain(mark);
  });

  test('a person alone is of no party', async () => {
    const { id, token } = await join(api, family({ others: undefined }));
    expect((await api.call('GET', `/entries/${id}`, { token })).body).not.toHaveProperty('party');
    const { body } = await api.call('GET', `/entries/${id}/export`, { token });
    expect(body.person).not.toHaveProperty('others');
  });

  test('frees the identities of all when it leaves', async () => {
    const { id, token } = await join(api, family());
    await api.call('DELETE', `/entries/${id}`, { token });
    expect(await api.redis.hgetall(keys.identities)).toEqual({});
    expect((await post(family())).status).toBe(201);
  });

  test('joins once for one Idempotency-Key, which covers who comes along', async () => {
    const sent = family();
    const headers = { 'idempotency-key': 'family-0000000001' };
    const first = await post(sent, headers);
    const again = await post(sent, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await post({ ...sent, others: [wife] }, headers);
    expect(other.body.code).toBe('idempotency_mismatch');
  });
});

describe('of each person there is one live entry', () => {
  const conflict = async (sent: object) => {
    const { status, body } = await post(sent);
    return [status, body.code, body.member];
  };

  test('a conflict names the person, and nothing else', async () => {
    await join(api, family());
    const own = joinRequest().person;
    const of = (...others: object[]) => family({ person: own, others });
    expect(await conflict(of(wife))).toEqual([409, 'entry_duplicate', 'others[0]']);
    expect(await conflict(of({ name: 'A', document: passport('AA9') }, child))).toEqual([
      409,
      'entry_duplicate',
      'others[1]',
    ]);
    const alone = await post({ ...joinRequest(), requestType: 'first', person: wife });
    expect(alone.body.code).toBe('entry_duplicate');
    expect(alone.body).not.toHaveProperty('member');
    const first = await post(family({ person: wife, others: [{ ...child, name: 'Lu' }] }));
    expect(first.body.member).toBe('person');
    expect(first.body.detail).toBe(alone.body.detail);
  });

  test('who waits alone cannot come along, and makes no flagged set', async () => {
    await join(api, { requestType: 'first', person: wife });
    const other = await join(api, { requestType: 'first' });
    const both = family({ person: other.request.person });
    expect(await conflict(both)).toEqual([409, 'entry_duplicate', 'person']);
    expect(await api.store.flags.list(prefecture, { limit: 10, state: 'open' })).toMatchObject({
      flags: [],
    });
  });

  test('an agent finds the entry of each by document, of a child by name and birth date', async () => {
    const { id } = await join(api, family());
    const agent = await api.keyOf('agent');
    const search = async (json: object) =>
      (await api.call('POST', '/entry-search', { token: agent, json })).body;
    const found = async (json: object) =>
      (await search(json)).entries.map((entry: { id: string }) => entry.id);
    expect(await found({ document: wife.document })).toEqual([id]);
    expect(await found({ name: 'BO exemple', birthDate: child.birthDate })).toEqual([id]);
    expect(await found({ name: 'Bo', birthDate: child.birthDate })).toEqual([]);
    expect((await search({ birthDate: child.birthDate })).code).toBe('request_invalid');
    expect((await search({ name: 'Bo' })).code).toBe('request_invalid');
  });

  test('the same child of two parents stands in one party', async () => {
    await join(api, family());
    const father = family({ others: [{ ...child, name: 'EXEMPLE Bô' }] });
    expect(await conflict(father)).toEqual([409, 'entry_duplicate', 'others[0]']);
  });

  test('whoever is given twice is named', async () => {
    const twice = family({ others: [child, wife, { ...wife, name: 'Other' }] });
    expect(await conflict(twice)).toEqual([422, 'member_repeated', 'others[2]']);
    expect(await api.redis.exists(keys.entries)).toBe(0);
  });

  test('a name with a birth date flags each person, a contact once', async () => {
    await join(api, family({ others: [{ ...wife, birthDate: '1984-02-29' }] }));
    const same = { name: 'Zoe Exemple', document: agdref('9912345678'), birthDate: '1984-02-29' };
    const { id } = await join(api, { requestType: 'first', person: same });
    const { flags } = await api.store.flags.list(prefecture, { limit: 10, state: 'open' });
    expect(flags).toMatchObject([{ id, clues: ['name'] }]);
  });
});

describe('who may come along', () => {
  const refused = async (members: object) => {
    const { status, body } = await post(family(members));
    return [status, body.code, body.member ?? body.errors?.[0]?.member];
  };
  const people = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: 'A', document: passport(`AB${at}9`) }));

  test('is told how many the request type takes, and what to do', async () => {
    expect(await refused({ others: people(4) })).toEqual([422, 'party_too_large', 'others']);
    expect(await refused({ requestType: 'renewal' })).toEqual([422, 'party_too_large', 'others']);
    const { body } = await post(family({ others: people(4) }));
    expect(body.detail).toContain('two entries');
    expect((await post(family({ others: people(3) }))).status).toBe(201);
    expect(await refused({ others: people(6) })).toEqual([400, 'request_invalid', 'others']);
    expect(await refused({ others: [] })).toEqual([400, 'request_invalid', 'others']);
  });

  test('needs a document from 18 on, by the local day', async () => {
    const born = (birthDate: string) => ({ others: [child, { name: 'A', birthDate }] });
    expect(await refused(born('2008-12-01'))).toEqual([
      422,
      'document_refused',
      'others[1].document',
    ]);
    expect(await refused(born('2027-01-01'))).toEqual([
      422,
      'document_refused',
      'others[1].document',
    ]);
    expect(await refused({ others: [{ name: 'A' }] })).toEqual([
      400,
      'request_invalid',
      'others[0].document',
    ]);
    expect((await post(family(born('2008-12-02')))).status).toBe(201);
  });

  test('is asked about in the national file', async () => {
    api.state.registry = 'unknown';
    const others = [wife, { name: 'A', document: agdref('9900000001') }];
    const person = { name: 'Ada', document: passport('AA777') };
    expect(await refused({ person, others })).toEqual([
      422,
      'document_unknown',
      'others[1].document.number',
    ]);
  });
});

test('a prefecture says how many may come together, and what for', async () => {
  const { body } = await api.send('GET', `/v1/prefectures/${prefecture}`);
  expect(body.requestTypes).toMatchObject([
    { id: 'renewal', partyMax: 1 },
    { id: 'first', partyMax: 4, partyNote: { fr: 'Toute la famille vient.' } },
  ]);
});
