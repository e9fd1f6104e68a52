import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RequestType, Site } from '#src/domain/prefectures/prefecture.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { join, joinRequest, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('agent');
});

const HEADER =
  'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,phone,language,sites,notBefore,notAfter,days,from,until\n';
const one = (json: unknown) => api.call('POST', '/desk-entries', { token, json });
const csv = (text: string) =>
  api.call('POST', '/desk-entries', { token, raw: text, type: 'text/csv' });

test('who comes after the freeze is in the next draw, whichever way', async () => {
  const world = new DrawWorld(api.redis);
  const enter = async (origin: string) =>
    (await one({ ...joinRequest(), origin })).body.results[0].id;
  const early = await enter('paper');
  await world.begin('d1');
  const late = [await enter('desk'), await enter('phone'), await enter('paper')];
  late.push((await join(api)).id);
  const admin = await api.keyOf('admin');
  const helper = { token: admin, json: { category: 'lawyer', label: 'Me Exemple' } };
  const { key } = (await api.call('POST', '/helpers', helper)).body;
  const mandate = { reference: 'dossier 12', from: '2026-12-01', until: '2027-01-01' };
  const helped = { token: key, json: { ...joinRequest(), mandate } };
  late.push((await api.call('POST', '/helper-entries', helped)).body.id);
  await world.draw('d1');
  expect(world.snapshot('d1').entries.map(({ id }) => id)).toEqual([early]);
  await world.draw('d2');
  expect(world.snapshot('d2').entries.map(({ id }) => id)).toEqual([early, ...late].sort());
});

describe('one entry', () => {
  test('waits at once, is told so, and its token works', async () => {
    const { status, body } = await one({ ...joinRequest(), origin: 'phone' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      joined: 1,
      duplicates: 0,
      results: [{ line: 1, outcome: 'joined' }],
    });
    const [{ id, token: none }] = body.results;
    // The secret of an entry goes to its person, and to nobody else.
    expect(none).toBeUndefined();
    const theirs = api.tokens.entryToken(prefecture, id);
    expect(await api.store.entries.get(prefecture, id)).toMatchObject({
      state: 'waiting',
      origin: 'phone',
      since: 0,
    });
    expect(await api.store.messages.due(prefecture, 10)).toEqual([`welcome.${id}.1`]);
    expect((await api.call('GET', `/entries/${id}`, { token: theirs })).body.state).toBe('waiting');
  });

  test('needs no contact; then no message is due', async () => {
    const { status } = await one({ ...joinRequest(), contact: {} });
    expect(status).toBe(200);
    expect(await api.store.messages.due(prefecture, 10)).toEqual([]);
  });

  test('a person who waits already is a duplicate, not an error', async () => {
    const person = await join(api);
    const { body } = await one(person.request);
    expect(body).toEqual({
      joined: 0,
      duplicates: 1,
      refused: 0,
      results: [{ line: 1, outcome: 'duplicate', id: person.id }],
    });
  });

  test('what is wrong with it is said as for anyone', async () => {
    expect((await one({ ...joinRequest(), requestType: 'visa' })).body.code).toBe(
      'request_type_unknown',
    );
    expect((await one({ ...joinRequest(), priority: true })).body.code).toBe('request_invalid');
    const passport = { kind: 'passport', country: 'MLI', number: 'EX0001' };
    const refused = await one({ ...joinRequest(), person: { name: 'Ada', document: passport } });
    expect(refused.body.code).toBe('document_refused');
  });
});

describe('a file', () => {
  const line = (number: number, rest = ',,,,,,,') =>
    `renewal,Ada Exemple,agdref,,${String(number).padStart(10, '0')},,,,+33639980001,fr${rest.slice(1)}`;

  test('is taken whole; sent again every line is a duplicate', async () => {
    const text = `${HEADER}${[1, 2, 3].map((n) => line(n)).join('\n')}\n`;
    const first = await csv(text);
    expect(first.body).toMatchObject({ joined: 3, duplicates: 0 });
    expect(first.body.results.map((r: { line: number }) => r.line)).toEqual([2, 3, 4]);
    const again = await csv(text);
    expect(again.body).toMatchObject({ joined: 0, duplicates: 3 });
    const ids = (body: { results: { id: string }[] }) => body.results.map(({ id }) => id);
    expect(ids(again.body)).toEqual(ids(first.body));
  });

  test('availability is read from its cells', async () => {
    const rest = ',,nanterre,2026-12-10,2026-12-31,1|3,09:00,12:30';
    const { body } = await csv(`${HEADER}${line(1).replace(/,+$/, '')}${rest.slice(1)}\n`);
    const entry = await api.store.entries.get(prefecture, body.results[0].id);
    expect(entry).toMatchObject({
      origin: 'paper',
      accepts: {
        sites: ['nanterre'],
        notBefore: '2026-12-10',
        notAfter: '2026-12-31',
        windows: [{ days: [1, 3], from: '09:00', until: '12:30' }],
      },
    });
  });

  test('the same person twice in a file joins once', async () => {
    const { body } = await csv(`${HEADER}${line(1)}\n${line(1)}\n`);
    expect(body).toMatchObject({ joined: 1, duplicates: 1 });
  });

  test('one bad line, and none is taken; names and numbers are not repeated', async () => {
    const bad = [
      line(2).replace('renewal', 'visa'),
      line(3).replace('agdref', 'passport'),
      line(4).replace('0000000004', '4'),
      line(5).replace('fr', 'xx'),
      line(6).replace(/,+$/, ',paris,,,,,'),
    ];
    const { status, body, text } = await csv(`${HEADER}${[line(1), ...bad].join('\n')}\n`);
    expect([status, body.code]).toEqual([422, 'entries_invalid']);
    const where = body.errors.map((e: { line: number; member: string }) => `${e.line} ${e.member}`);
    expect(where).toEqual([
      '3 requestType',
      '4 person.document.country',
      '5 person.document.number',
      '6 language',
      '7 accepts.sites[0]',
    ]);
    expect(text).not.toMatch(/Exemple|00000000/);
    expect(await api.store.entries.counts(prefecture)).toEqual([]);
  });

  test('more than 5,000 lines are refused', async () => {
    const lines = Array.from({ length: 5001 }, (_, at) => line(at));
    const { body } = await csv(`${HEADER}${lines.join('\n')}\n`);
    expect(body.code).toBe('entries_invalid');
    expect(body.detail).toMatch(/5000/);
  });

  test('the paper entries of Hauts-de-Seine are taken as they are', async () => {
    const file = (name: string) => readFileSync(`examples/hauts-de-seine/${name}`, 'utf8');
    const sites = z.array(Site).parse(JSON.parse(file('sites.json')));
    const requestTypes = z.array(RequestType).parse(JSON.parse(file('request-types.json')));
    await api.store.prefectures.update(prefecture, (found) => ({ ...found, sites, requestTypes }));
    const { body, text } = await csv(file('paper-entries.csv'));
    expect(body.joined, text).toBe(file('paper-entries.csv').trim().split('\n').length - 1);
  });
});

describe('entries, for agents', () => {
  test('are listed by state and request type, without anything personal', async () => {
    const waiting = await join(api);
    const unverified = await join(api, { requestType: 'first' }, { verified: false });
    const list = async (query: string) => {
      const { body, text } = await api.call('GET', `/entries${query}`, { token });
      expect(text).not.toMatch(/Exemple|example\.org|identity|sealed/);
      return body.entries.map(({ id }: { id: string }) => id).sort();
    };
    expect(await list('')).toEqual([waiting.id, unverified.id].sort());
    expect(await list('?state=waiting')).toEqual([waiting.id]);
    expect(await list('?requestType=first')).toEqual([unverified.id]);
    expect(await list('?requestType=first&state=waiting')).toEqual([]);
    expect(await list(`?id=${waiting.id}`)).toEqual([waiting.id]);
    expect(await list('?id=0000000000000000')).toEqual([]);
    expect((await api.call('GET', '/entries?state=gone', { token })).body.code).toBe(
      'request_invalid',
    );
  });

  test('are found by document, however it is written, in every request type or one', async () => {
    const { request, id } = await join(api);
    const first = await join(api, { requestType: 'first', person: request.person });
    await join(api);
    const { number } = request.person.document;
    const document = { kind: 'agdref', number: number.replace(/(.{4})/, '$1 ') };
    const find = async (json: object) => {
      const { body } = await api.call('POST', '/entry-search', { token, json });
      return body.entries.map((entry: { id: string }) => entry.id);
    };
    expect(await find({ document })).toEqual([id, first.id]);
    expect(await find({ document, requestType: 'first' })).toEqual([first.id]);
    expect(await find({ document: { kind: 'agdref', number: '9999999999' } })).toEqual([]);
    const nobody = { document: { kind: 'none', birthDate: '1990-01-01', nationality: 'MLI' } };
    const needsName = await api.call('POST', '/entry-search', { token, json: nobody });
    expect([needsName.status, needsName.body.errors[0].member]).toEqual([400, 'name']);
    const unknown = await api.call('POST', '/entry-search', {
      token,
      json: { document, requestType: 'visa' },
    });
    expect(unknown.body.code).toBe('request_type_unknown');
  });

  test('are rejected with a reason of a closed list, which is logged by ids', async () => {
    const { id } = await join(api);
    const key = await api.keyOf('supervisor');
    const reject = (json: object) =>
      api.call('POST', `/entries/${id}/rejection`, { token: key, json });
    expect((await reject({ reason: 'do not like them' })).body.code).toBe('request_invalid');
    expect((await reject({ reason: 'false_identity' })).body).toEqual({ id, state: 'rejected' });
    expect((await reject({ reason: 'false_identity' })).body.code).toBe('entry_settled');
    const logged = api.logged.find((line) => line.includes('entry rejected')) ?? '';
    expect(logged).toContain(id);
    expect(logged).toContain(key.split('_')[1]);
    const none = await api.call('POST', '/entries/0000000000000000/rejection', {
      token: key,
      json: { reason: 'false_identity' },
    });
    expect(none.body.code).toBe('entry_not_found');
  });

  test('a person who verified online and came to the desk too is there once', async () => {
    const { id, request } = await join(api, {}, { verified: false });
    expect((await one(request)).body.results[0]).toEqual({ line: 1, outcome: 'duplicate', id });
    await verify(api, id);
    expect((await one(request)).body.duplicates).toBe(1);
  });
});
