import { beforeEach, describe, expect, test } from 'vitest';
import { joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('agent');
  await api.store.prefectures.update(prefecture, (before) => ({
    ...before,
    requestTypes: before.requestTypes.map((type) => ({ ...type, partyMax: 3 })),
  }));
});

const COLUMNS =
  'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,phone,language,sites,notBefore,notAfter,days,from,until,party';
/** A line by its columns; those left out are empty. */
const lineOf = (cells: Readonly<Record<string, string>>) =>
  COLUMNS.split(',')
    .map((column) => cells[column] ?? '')
    .join(',');
const csv = (...lines: Readonly<Record<string, string>>[]) =>
  api.call('POST', '/desk-entries', {
    token,
    raw: [COLUMNS, ...lines.map(lineOf)].join('\n'),
    type: 'text/csv',
  });
const first = { requestType: 'first', party: 'p1' };
const ada = {
  ...first,
  name: 'Ada',
  documentKind: 'agdref',
  documentNumber: '9912345678',
  email: 'ada@example.org',
  sites: 'antony',
};
const issa = {
  ...first,
  name: 'Issa',
  documentKind: 'passport',
  documentCountry: 'MLI',
  documentNumber: 'AA12345',
  birthDate: '1984-02-29',
};
const bo = { ...first, name: 'Bo', birthDate: '2019-12-31' };

describe('a file with parties', () => {
  test('makes one entry of the lines of one reference, wherever they stand', async () => {
    const alone = { ...ada, name: 'Zoé', documentNumber: '9912345679', party: '' };
    const { body } = await csv(ada, alone, issa, bo);
    expect(body).toMatchObject({
      joined: 2,
      results: [
        { line: 2, lines: [2, 4, 5], outcome: 'joined' },
        { line: 3, outcome: 'joined' },
      ],
    });
    expect(body.results[1]).not.toHaveProperty('lines');
    const [{ id }] = body.results;
    const theirs = api.tokens.entryToken(prefecture, id);
    expect(await api.store.entries.get(prefecture, id)).toMatchObject({
      party: 3,
      accepts: { sites: ['antony'] },
      state: 'waiting',
    });
    const { person } = (await api.call('GET', `/entries/${id}/export`, { token: theirs })).body;
    expect(person.others).toMatchObject([
      { name: 'Issa', document: { number: 'AA12345' }, birthDate: '1984-02-29' },
      { name: 'Bo', document: null, birthDate: '2019-12-31' },
    ]);
  });

  test('sent again, says that they are entered', async () => {
    await csv(ada, issa, bo);
    const { body } = await csv(ada, issa, bo);
    expect(body).toMatchObject({
      duplicates: 1,
      results: [{ line: 2, lines: [2, 3, 4], outcome: 'duplicate', member: 'person' }],
    });
  });

  const errorsOf = async (...lines: Readonly<Record<string, string>>[]) => {
    const { status, body } = await csv(...lines);
    expect([status, body.code]).toEqual([422, 'entries_invalid']);
    expect(await api.store.entries.counts(prefecture)).toEqual([]);
    return body.errors.map(({ line, member }: { line: number; member: string }) => [line, member]);
  };

  test.each([
    ['another request type', [ada, { ...issa, requestType: 'renewal' }], [[3, 'requestType']]],
    ['a contact of a later line', [ada, { ...issa, phone: '0612345678' }], [[3, 'phone']]],
    ['wishes of a later line', [ada, { ...issa, days: '1' }], [[3, 'days']]],
    [
      'a reference on one line',
      [ada, { ...issa, party: 'p2' }],
      [
        [2, 'party'],
        [3, 'party'],
      ],
    ],
    ['an adult without a document', [ada, { ...bo, birthDate: '1999-12-31' }], [[3, 'document']]],
    ['nothing but a name', [ada, { ...bo, birthDate: '' }], [[3, 'document']]],
    ['one person twice', [ada, issa, { ...issa, name: 'X' }], [[4, 'name']]],
    ['too many', [ada, issa, bo, { ...bo, name: 'Lu' }], [[2, 'others']]],
    ['a country that is none', [ada, { ...issa, documentCountry: '?' }], [[3, 'document.country']]],
  ])('refuses %s, and takes nobody', async (_what, lines, errors) => {
    expect(await errorsOf(...lines)).toEqual(errors);
  });
});

test('one family at the desk, and one by mandate', async () => {
  const others = [{ name: 'Bo', birthDate: '2019-12-31' }];
  const json = { ...joinRequest(), others };
  const { body } = await api.call('POST', '/desk-entries', { token, json });
  expect(body.results[0].outcome).toBe('joined');
  expect(await api.store.entries.get(prefecture, body.results[0].id)).toMatchObject({ party: 2 });
  const again = await api.call('POST', '/desk-entries', {
    token,
    json: { ...joinRequest(), others },
  });
  expect(again.body.results).toMatchObject([{ outcome: 'duplicate', member: 'others[0]' }]);

  const helper = { category: 'lawyer', label: 'Me Exemple' };
  const admin = await api.keyOf('admin');
  const { key } = (await api.call('POST', '/helpers', { token: admin, json: helper })).body;
  const mandate = { reference: 'dossier 12', from: '2026-12-01', until: '2027-01-01' };
  const helped = { ...joinRequest(), mandate, others };
  const taken = await api.call('POST', '/helper-entries', { token: key, json: helped });
  expect([taken.status, taken.body.member]).toEqual([409, 'others[0]']);
  const made = await api.call('POST', '/helper-entries', {
    token: key,
    json: { ...helped, others: [{ name: 'Lu', birthDate: '2019-12-31' }] },
  });
  expect(await api.store.entries.get(prefecture, made.body.id)).toMatchObject({ party: 2 });
});
