import { describe, expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createIdentityKeys } from '#src/identity/person/identity-key.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { hourMs, join, joinRequest, minuteMs, prefecture, useApi } from '../harness.ts';

const api = useApi();
const keys = keysOf(prefecture);
const post = (json: unknown) => api.call('POST', '/entries', { json });
const agdref = (number: string) => ({ kind: 'agdref', number });
const passport = (number: string, country = 'MLI') => ({ kind: 'passport', country, number });
const consular = (number: string) => ({ kind: 'consular', country: 'MLI', number });
const nameless = { kind: 'none', birthDate: '1984-02-29', nationality: 'MLI' };

/** What a person sends who waits for a first request. */
function first(person: object, contact: object = joinRequest().contact) {
  return { ...joinRequest(), requestType: 'first', person: { name: 'Ada', ...person }, contact };
}

describe('one person, several documents', () => {
  test('of 200 joins at once by different documents and spellings one counts', async () => {
    const documents = [
      [agdref('9912345678'), passport('AO0123456'), consular('C-77 I0')],
      [passport('ao 0123 456'), agdref('99 1234 5678')],
      [consular('c77i0'), passport('A00123456')],
      [agdref('99I2345678')],
      [{ ...nameless }, agdref('9912345678')],
      [passport('ＡＯ０１２３４５６'), { ...nameless, birthDate: '1985-01-01' }],
    ];
    // The first joins before the others, for they do not all have a document in common with each.
    const join = (index: number) => {
      const [document, ...otherDocuments] = documents[index % documents.length] ?? [];
      const name = index % 2 === 0 ? 'Zoé N’Diaye' : "N'DIAYE  ZOE";
      const person = { name, document, ...(otherDocuments.length > 0 ? { otherDocuments } : {}) };
      return post(first(person, { email: `zoe+${index}@example.org` }));
    };
    expect((await join(0)).status).toBe(201);
    const replies = await Promise.all(Array.from({ length: 199 }, (_, i) => join(i + 1)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([409]));
    expect(new Set(replies.map(({ body }) => body.code))).toEqual(new Set(['entry_duplicate']));
    expect(await api.store.entries.counts(prefecture)).toEqual([
      { state: 'unverified', requestType: 'first', entries: 1 },
    ]);
  });

  test('a race of 200 through one set of documents, in any order, has one winner', async () => {
    const set = [agdref('9912345678'), passport('AA1234567'), consular('C7700'), nameless];
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const turned = [...set.slice(i % 4), ...set.slice(0, i % 4)];
        const [document, ...otherDocuments] = turned;
        return post(first({ document, otherDocuments }, { email: `a${i}@example.org` }));
      }),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(199);
    expect(Object.keys(await api.redis.hgetall(keys.identities))).toHaveLength(4);
  });

  test('the answer is the same whichever document is known, and whatever the entry is', async () => {
    const verified = await join(api, first({ document: agdref('9912345678') }));
    const unverified = await join(api, first({ document: passport('AA1234567') }), {
      verified: false,
    });
    const bodies = await Promise.all(
      [
        { document: agdref('9912345678') },
        { document: passport('AA1234567') },
        { document: consular('C1234'), otherDocuments: [agdref('9912345678')] },
        { document: passport('AA1234567'), otherDocuments: [agdref('9912345678')] },
      ].map(async (person) => (await post(first(person))).text),
    );
    expect(new Set(bodies).size).toBe(1);
    for (const { id } of [verified, unverified]) expect(bodies[0]).not.toContain(id);
  });

  test('leaving frees every document; an expired code makes way for any of them', async () => {
    const person = { document: agdref('9912345678'), otherDocuments: [passport('AA1234567')] };
    const { id, token } = await join(api, first(person));
    await api.call('DELETE', `/entries/${id}`, { token });
    expect(await api.redis.exists(keys.identities)).toBe(0);
    expect(await api.redis.keys(`${keys.clues}:*`)).toEqual([]);

    const again = await join(api, first({ document: passport('AA1234567') }), { verified: false });
    api.time.nowMs += 15 * minuteMs;
    expect((await post(first(person))).status).toBe(201);
    expect((await api.store.entries.get(prefecture, again.id))?.state).toBe('expired');
  });

  test('renewals need an AGDREF number, first or further', async () => {
    const renewal = (person: object) => post({ ...first(person), requestType: 'renewal' });
    expect((await renewal({ document: passport('AA1') })).body.code).toBe('document_refused');
    const both = { document: passport('AA123'), otherDocuments: [agdref('9912345678')] };
    expect((await renewal(both)).status).toBe(201);
  });

  test('who joined under a former key is recognised while that is in the keyring', async () => {
    const ring = (text: string) =>
      text
        .split(',')
        .map((key) => `k${key}:${Buffer.from(key.repeat(32)).toString('base64')}`)
        .join();
    const keysBy = (text: string) => createIdentityKeys(parseKeyring(ring(text)));
    const { identityKeys } = api.deps();
    Object.assign(identityKeys, keysBy('c'));
    const person = { document: passport('AA1234567') };
    await join(api, first(person, { email: 'a@example.org' }));

    Object.assign(identityKeys, keysBy('d,c'));
    expect((await post(first(person))).body.code).toBe('entry_duplicate');
    const near = await post(first({ document: passport('AA7') }, { email: 'a@example.org' }));
    expect((await api.store.flags.get(prefecture, near.body.id)).clues).toEqual(['email']);
    const token = await api.keyOf('agent');
    const search = { token, json: { document: passport('AA1234567') } };
    expect((await api.call('POST', '/entry-search', search)).body.entries).toHaveLength(1);

    Object.assign(identityKeys, keysBy('d'));
    expect((await post(first(person))).status).toBe(201);
  });
});

describe('near-duplicates', () => {
  const born = { birthDate: '1984-02-29' };

  test('name and birth date under another document: both wait, an agent is asked', async () => {
    const one = await join(
      api,
      first({ name: 'Mohamed Ba', document: agdref('9900000001'), ...born }),
    );
    const other = await post(first({ name: 'BA Mouhammad', document: passport('AA1'), ...born }));
    expect(other.status).toBe(201);
    const { flags } = await api.store.flags.list(prefecture, { state: 'open', limit: 10 });
    expect(flags).toEqual([
      {
        id: other.body.id,
        entries: [other.body.id, one.id],
        clues: ['name'],
        atMs: api.time.nowMs,
      },
    ]);
  });

  test('another birth date, request type or prefecture is none of anybody', async () => {
    await join(api, first({ name: 'Ada Ba', document: agdref('9900000001'), ...born }));
    const person = { name: 'Ada Ba', document: passport('AA1') };
    await post(first({ ...person, birthDate: '1984-03-01' }));
    await post({
      ...first({ ...person, ...born, otherDocuments: [agdref('9900000002')] }),
      requestType: 'renewal',
    });
    expect(await api.redis.exists(keys.flags, keys.openFlags)).toBe(0);
  });

  test('e-mail and telephone, however they are written', async () => {
    const contact = { email: 'ada.ba@gmail.com', phone: '06 12 34 56 78' };
    await join(api, first({ document: agdref('9900000001') }, contact));
    const again = { email: 'ADABA+x@googlemail.com', phone: '+33 6 12 34 56 78' };
    const { body } = await post(first({ document: agdref('9900000002') }, again));
    expect((await api.store.flags.get(prefecture, body.id)).clues).toEqual(['email', 'phone']);
  });

  test('the answer to joining is the same with and without', async () => {
    const plain = await post(first({ document: agdref('9900000001') }, { email: 'a@example.org' }));
    const near = await post(first({ document: agdref('9900000002') }, { email: 'a@example.org' }));
    expect(Object.keys(near.body)).toEqual(Object.keys(plain.body));
    expect([near.status, near.body.state]).toEqual([plain.status, plain.body.state]);
  });

  test('documents of two entries in one request: refused, and an agent is asked', async () => {
    const one = await join(api, first({ document: agdref('9912345678') }));
    const two = await join(api, first({ document: passport('AA1234567') }));
    const both = { document: passport('AA1234567'), otherDocuments: [agdref('9912345678')] };
    for (const _ of [1, 2]) expect((await post(first(both))).status).toBe(409);
    const { flags } = await api.store.flags.list(prefecture, { state: 'open', limit: 10 });
    expect(flags).toHaveLength(1);
    expect(flags[0]).toMatchObject({ entries: [one.id, two.id].sort(), clues: ['document'] });
  });

  test('50 joins at once with one name are all in flagged sets, but the first', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        post(first({ name: 'Ada Ba', document: agdref(String(9900000000 + i)), ...born })),
      ),
    );
    expect(replies.every(({ status }) => status === 201)).toBe(true);
    const { flags } = await api.store.flags.list(prefecture, { state: 'open', limit: 100 });
    expect(flags).toHaveLength(19);
    expect(new Set(flags.flatMap(({ entries }) => entries)).size).toBe(20);
  });
});

describe('entries of one contact', () => {
  const family = { phone: '06 12 34 56 78', email: 'famille@example.org' };
  const member = (i: number, contact: object = family) =>
    first({ document: agdref(String(9900000000 + i)) }, contact);

  test('are at most five at once, also when 50 join together', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => post(member(i))));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['409 contact_exhausted']),
    );
    expect(refused[0]?.body.member).toBe('contact.email');
  });

  test('count across request types, and whichever of the two is shared', async () => {
    for (let i = 0; i < 5; i += 1) {
      await join(api, {
        ...member(i, { phone: family.phone }),
        requestType: i % 2 ? 'renewal' : 'first',
      });
    }
    const { body } = await post(member(9, { ...family, email: 'another@example.org' }));
    expect([body.code, body.member]).toEqual(['contact_exhausted', 'contact.phone']);
  });

  test('a place is free again when one leaves, or its code has expired', async () => {
    const [one] = await Promise.all(Array.from({ length: 5 }, (_, i) => join(api, member(i))));
    await api.call('DELETE', `/entries/${one?.id}`, { token: one?.token ?? '' });
    await join(api, member(10), { verified: false });
    expect((await post(member(11))).status).toBe(409);
    api.time.nowMs += hourMs;
    expect((await post(member(11))).status).toBe(201);
  });

  test('an agent lifts the limit with a reason; the contact is no clue then', async () => {
    const token = await api.keyOf('agent');
    const desk = (i: number, more: object = {}) =>
      api.call('POST', '/desk-entries', { token, json: { ...member(i), ...more } });
    for (let i = 0; i < 5; i += 1) expect((await desk(i)).status).toBe(200);
    const flags = await api.redis.hlen(keys.flags);
    expect((await desk(5)).body.code).toBe('contact_exhausted');
    const lifted = await desk(5, { sharedContact: true });
    expect(lifted.body).toMatchObject({ joined: 1 });
    expect(await api.redis.hlen(keys.flags)).toBe(flags);
  });
});

describe('a registry of AGDREF numbers', () => {
  const known = (number: string) => first({ document: agdref(number) });

  test('a number that it does not know is refused, and named by its place', async () => {
    api.state.registry = 'unknown';
    const { status, body } = await post(known('9912345678'));
    expect([status, body.code]).toEqual([422, 'document_unknown']);
    expect(body.member).toBe('person.document.number');
    const further = { document: passport('AA1234567'), otherDocuments: [agdref('9912345678')] };
    expect((await post(first(further))).body.member).toBe('person.otherDocuments[0].number');
    expect((await post(first({ document: passport('AA1234567') }))).status).toBe(201);
    expect(JSON.stringify(body)).not.toContain('9912345678');
  });

  test('while it is down people join, and their entries are marked for desk and worker', async () => {
    api.state.registry = 'unavailable';
    const { id } = await join(api, known('9912345678'));
    expect(await api.store.checks.due(prefecture, api.time.nowMs, 10)).toEqual([id]);
    const token = await api.keyOf('agent');
    const { body } = await api.call('GET', `/entries?id=${id}`, { token });
    expect(body.entries).toMatchObject([{ id, documentCheck: 'due' }]);
  });

  test('a file is taken but for the lines that it does not know', async () => {
    const token = await api.keyOf('agent');
    api.state.registry = 'unknown';
    const raw =
      'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,phone,language,sites,notBefore,notAfter,days,from,until\n' +
      'first,Ada,agdref,,9912345678,,,,,fr,,,,,,\nfirst,Eva,passport,MLI,AA1234567,,,,,fr,,,,,,\n';
    const { body } = await api.call('POST', '/desk-entries', { token, raw, type: 'text/csv' });
    expect(body).toMatchObject({ joined: 1, duplicates: 0, refused: 1 });
    expect(body.results[0]).toEqual({ line: 2, outcome: 'document_unknown', id: null });
    const one = await api.call('POST', '/desk-entries', { token, json: known('9912345678') });
    expect(one.body.code).toBe('document_unknown');
  });

  test('an agent settles a number that was found to be unknown', async () => {
    const token = await api.keyOf('supervisor');
    const settled = async (decision: string) => {
      const { id } = await join(
        api,
        first({ document: agdref(joinRequest().person.document.number) }),
      );
      await api.store.entries.change(prefecture, id, (entry) => ({
        entry: { ...entry, documentCheck: 'unknown' },
      }));
      await api.store.flags.raise(prefecture, [id], 'registry', api.time.nowMs);
      const json = { decision, reason: 'Seen at the desk' };
      const path = `/flagged-sets/${id}-registry/settlement`;
      expect((await api.call('POST', path, { token, json })).status).toBe(200);
      return api.store.entries.get(prefecture, id);
    };
    expect(await settled('document_good')).toMatchObject({ state: 'waiting' });
    expect((await settled('document_good'))?.documentCheck).toBeUndefined();
    expect(await settled('document_bad')).toMatchObject({ state: 'rejected' });
  });
});
