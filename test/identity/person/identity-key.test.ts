import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createIdentityKeys, repeatedHolder } from '#src/identity/person/identity-key.ts';
import type { Document } from '#src/identity/person/person.ts';
import { newKeyring } from '../support.ts';

const keys = createIdentityKeys(newKeyring('k1'));
const passport = (number: string, country = 'MLI'): Document => ({
  kind: 'passport',
  country,
  number,
});
const none: Document = { kind: 'none', birthDate: '1984-02-29', nationality: 'DZA' };
const keyOf = (document: Document, name = 'Amina Ba') => keys.keyOf('92', 'first', document, name);

describe('an identity key', () => {
  test('has 22 characters and shows nothing of the document', () => {
    const key = keyOf({ kind: 'agdref', number: '9912345678' });
    expect(key).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(Buffer.from(key, 'base64url').toString('latin1')).not.toContain('9912345678');
  });

  test('never changes: a stored key must still be recognised in years', () => {
    const known = createIdentityKeys(
      parseKeyring(`k1:${Buffer.from('example-key-do-not-use-anywhere!').toString('base64')}`),
    );
    expect(known.keyOf('92', 'first', { kind: 'agdref', number: '9912345678' }, 'Amina Ba')).toBe(
      'aryy1x9TJXMsubbtdWATOz',
    );
    expect(known.keyOf('92', 'first', none, 'Amina Ba')).toBe('ar1gjLPWWQq2hHhQopUonT');
  });

  test('is another one with another secret, prefecture, request type, document or country', () => {
    const document = passport('AA0123456');
    const found = [
      keyOf(document),
      createIdentityKeys(newKeyring('k1')).keyOf('92', 'first', document, 'Amina Ba'),
      keys.keyOf('93', 'first', document, 'Amina Ba'),
      keys.keyOf('92', 'renewal', document, 'Amina Ba'),
      keyOf(passport('AA0123457')),
      keyOf(passport('AA0123456', 'SEN')),
      keyOf({ kind: 'consular', country: 'MLI', number: 'AA0123456' }),
    ];
    expect(new Set(found).size).toBe(found.length);
  });

  test('keeps its parts apart', () => {
    const key = (prefecture: string, requestType: string) =>
      keys.keyOf(prefecture, requestType, passport('AA1'), '');
    expect(key('9', '2first')).not.toBe(key('92', 'first'));
  });

  test.each([
    ...['aa0123456', ' AA 0123 456', 'AA-0123/456', 'ＡＡ０１２３４５６'],
    ...['AAO123456', 'AA0I23456', 'АА0123456', 'ΑΑ0123456', 'AA٠١٢٣٤٥٦'],
  ])('is the same for the passport number written %j', (number) =>
    expect(keyOf(passport(number))).toBe(keyOf(passport('AA0123456'))),
  );

  test('does not depend on the name where there is a document', () => {
    expect(keyOf(passport('AA0123456'), 'Amina Ba')).toBe(keyOf(passport('AA0123456'), 'A. Bah'));
  });

  test('depends on the name where there is none', () => {
    expect(keyOf(none, 'Amina Ba')).not.toBe(keyOf(none, 'Amina Bah'));
    expect(keyOf(none, 'Amina Ba')).toBe(keyOf(none, '  BA   amina '));
    expect(keyOf({ ...none, birthDate: '1984-03-01' })).not.toBe(keyOf(none));
    expect(keyOf({ ...none, nationality: 'TUN' })).not.toBe(keyOf(none));
  });
});

describe('the keys of a person', () => {
  const person = {
    name: 'Amina Ba',
    document: passport('AA0123456'),
    otherDocuments: [{ kind: 'agdref', number: '9912345678' }],
    birthDate: '1984-02-29',
    email: 'amina.ba+prefecture@gmail.com',
    phone: '+33612345678',
  } as const;

  test('are one for each document, and one for each clue', () => {
    const found = keys.keysOf('92', 'first', person);
    expect(found.identities).toEqual([
      keyOf(person.document),
      keyOf({ kind: 'agdref', number: '9912345678' }),
    ]);
    expect(found.clues.map((key) => key.charAt(0))).toEqual(['e', 'p', 'n']);
    for (const clue of found.clues) expect(clue).toMatch(/^[epn][A-Za-z0-9_-]{12}$/);
    expect(found.formerIdentities).toEqual([]);
    expect(found.formerClues).toEqual([]);
  });

  test('of contacts are the same in every request type, not in another prefecture', () => {
    const contact = { name: 'x', document: none, email: person.email, phone: person.phone };
    const of = (prefecture: string, type: string) =>
      keys.keysOf(prefecture, type, contact).clues.filter((key) => !key.startsWith('n'));
    expect(of('92', 'renewal')).toEqual(of('92', 'first'));
    expect(of('93', 'first')).not.toEqual(of('92', 'first'));
    const plain = { ...contact, email: 'AMINABA@googlemail.com' };
    expect(keys.keysOf('92', 'first', plain).clues[0]).toBe(of('92', 'first')[0]);
  });

  test('take the birth date from where there is no document', () => {
    const clueOf = (one: object) =>
      keys.keysOf('92', 'first', { name: 'Mohamed Diallo', document: none, ...one }).clues;
    const stated = clueOf({ document: passport('AA1'), birthDate: '1984-02-29' });
    expect(clueOf({ name: 'DIALLO Muhammad' })).toEqual(stated);
    expect(clueOf({ document: passport('AA1') })).toEqual([]);
  });

  test('are known by a former key of the keyring, and made by the current one', () => {
    const secret = (letter: string) => Buffer.from(randomLetters(letter)).toString('base64');
    const old = createIdentityKeys(parseKeyring(`k1:${secret('a')}`));
    const both = createIdentityKeys(parseKeyring(`k2:${secret('b')},k1:${secret('a')}`));
    const before = old.keysOf('92', 'first', person);
    const after = both.keysOf('92', 'first', person);
    expect(after.formerIdentities).toEqual(before.identities);
    expect(after.formerClues).toEqual(before.clues);
    expect(after.identities).not.toEqual(before.identities);
    expect(after.identities.every(both.isCurrent)).toBe(true);
    expect(before.identities.some(both.isCurrent)).toBe(false);
    expect(both.allKeysOf('92', 'first', person.document, '')).toEqual([
      after.identities[0],
      before.identities[0],
    ]);
  });
});

function randomLetters(seed: string): string {
  return hash('sha256', seed, 'hex').slice(0, 32);
}

describe('the keys of a party', () => {
  const agdref = (number: string): Document => ({ kind: 'agdref', number });
  const child = { name: 'Bo Ba', birthDate: '2019-12-31' };
  const family = {
    name: 'Amina Ba',
    document: agdref('9912345678'),
    otherDocuments: [passport('AA0123456')],
    birthDate: '1984-02-29',
    email: 'amina@example.org',
    others: [{ name: 'Issa Ba', document: passport('AA0123457') }, child],
  };
  const found = keys.keysOf('92', 'first', family);

  test('are those of each person, with whose each is', () => {
    const issa = { name: 'Issa Ba', document: passport('AA0123457') };
    expect(found.holders).toEqual([0, 0, 1, 2]);
    expect(found.identities.slice(0, 2)).toEqual(
      keys.keysOf('92', 'first', { ...family, others: undefined }).identities,
    );
    expect(found.identities[2]).toBe(keys.keysOf('92', 'first', issa).identities[0]);
    expect(found.clues.map((clue) => clue.charAt(0))).toEqual(['e', 'n', 'n']);
  });

  test('know a child by name and birth date, within the request type', () => {
    const [, , , bo = ''] = found.identities;
    const keyOfChild = (type: string, members: Partial<typeof child> = {}) =>
      keys.childKeysOf('92', type, { ...child, ...members })[0];
    expect(keyOfChild('first', { name: 'BA, Bô' })).toBe(bo);
    expect(keyOfChild('first', { name: 'Bo Fa' })).not.toBe(bo);
    expect(keyOfChild('first', { birthDate: '2019-12-30' })).not.toBe(bo);
    expect(keyOfChild('renewal')).not.toBe(bo);
  });

  test('by former keys stand in the same order, key after key', () => {
    const [former, current] = [newKeyring('k1'), newKeyring('k2')];
    const both = createIdentityKeys({ ...current, keys: [...current.keys, ...former.keys] });
    const before = createIdentityKeys(former).keysOf('92', 'first', family);
    expect(both.keysOf('92', 'first', family).formerIdentities).toEqual(before.identities);
  });

  test('tell who stands there twice, in any spelling and by any document', () => {
    const twice = (...others: object[]) =>
      repeatedHolder({ ...family, others: others as (typeof family)['others'] }); // as tests like them
    expect(repeatedHolder(family)).toBeUndefined();
    expect(twice({ name: 'Somebody', document: passport('AAO123456') })).toBe(1);
    expect(twice(child, { name: 'X', document: agdref('9900000000') }, { ...child })).toBe(3);
    expect(twice(child, { ...child, birthDate: '2018-12-31' })).toBeUndefined();
  });
});
