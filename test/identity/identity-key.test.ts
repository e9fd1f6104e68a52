import { describe, expect, test } from 'vitest';
import { createIdentityKeys, normaliseName, normaliseNumber } from '#src/identity/identity-key.ts';
import { parseKeyring } from '#src/identity/keyring.ts';
import type { Document } from '#src/identity/person.ts';
import { newKeyring } from './support.ts';

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
      'ieQ9MvOniGAPKTfLcoLWAA',
    );
    expect(known.keyOf('92', 'first', none, 'Amina Ba')).toBe('eZ0CRN69SlWysbGI8ivNYw');
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

  test.each(['aa0123456', ' AA 0123 456', 'AA-0123/456', 'ＡＡ０１２３４５６'])(
    'is the same for the passport number written %j',
    (number) => expect(keyOf(passport(number))).toBe(keyOf(passport('AA0123456'))),
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

describe('a name in one spelling', () => {
  test.each([
    ['accents', 'Zoé Müller-Nuñez', 'Zoe Muller-Nunez'],
    ['accents written as one or two characters', 'Zo\u00e9', 'Zoe\u0301'],
    ['case', 'DIALLO Fatoumata', 'Diallo fatoumata'],
    ['spaces', '  Diallo \t Fatoumata ', 'Diallo Fatoumata'],
    ['no-break spaces', 'Diallo\u00a0Fatoumata', 'Diallo Fatoumata'],
    ['hyphens', 'Jean-Pierre Ba', 'Jean Pierre Ba'],
    ['apostrophes', 'N’Diaye Awa', "N'DIAYE Awa"],
    ['apostrophes left out', "N'Diaye Awa", 'NDiaye Awa'],
    ['points', 'J.R. Ba', 'JR Ba'],
    ['order', 'Amina Ba', 'BA Amina'],
    ['ligatures', 'Lœuf ﬁona', 'Loeuf Fiona'],
    ['letters without an accent of their own', 'Łukasz Ørsted Weiß', 'Lukasz Orsted Weiss'],
    ['full-width letters', 'Ｂａ Amina', 'Ba Amina'],
    ['dotted and dotless i', 'İnan Işık', 'Inan Isik'],
    ['Vietnamese', 'Nguyễn Thị Ánh', 'Nguyen Thi Anh'],
    ['Arabic vowel signs', 'مُحَمَّد', 'محمد'],
  ])('ignores %s', (_, one, other) => expect(normaliseName(one)).toBe(normaliseName(other)));

  test.each([
    ['Amina Ba', 'Amina Bah'],
    ['Amir Ba', 'Rami Ba'],
    ['李娜', '李明'],
  ])('%s is not %s', (one, other) => expect(normaliseName(one)).not.toBe(normaliseName(other)));
});

describe('a document number in one spelling', () => {
  test('has capital letters and digits only', () => {
    expect(normaliseNumber(' 12-ab.34 é ')).toBe('12AB34E');
  });

  test('keeps look-alikes apart', () => {
    expect(normaliseNumber('O0I1')).toBe('O0I1');
  });
});
