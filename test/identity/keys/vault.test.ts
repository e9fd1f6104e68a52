import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createVault, sealingKeyId } from '#src/identity/keys/vault.ts';
import { Person } from '#src/identity/person/person.ts';
import { newKeyring, newKeyText } from '../support.ts';

const typical: Person = {
  name: 'Fatoumata Diallo-Traoré',
  document: { kind: 'agdref', number: '9912345678' },
  email: 'fatoumata.diallo@example.org',
};

const country = fc.constantFrom('FRA', 'MLI', 'DZA', 'XXA');
const documents = fc.oneof(
  fc.record({ kind: fc.constant('agdref' as const), number: fc.stringMatching(/^\d{10}$/) }),
  fc.record({
    kind: fc.constantFrom('passport' as const, 'consular' as const),
    country,
    number: fc.stringMatching(/^[A-Z0-9]{3,20}$/),
  }),
  fc.record({
    kind: fc.constant('none' as const),
    birthDate: fc.constantFrom('1984-02-29', '2001-12-31'),
    nationality: country,
  }),
);
const people: fc.Arbitrary<Person> = fc
  .record(
    {
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map((text) => `É${text}`),
      document: documents,
      email: fc.constantFrom('a@example.org', 'fatou.d+rdv@sub.example.com'),
      phone: fc.constantFrom('+33612345678', '+262692123456'),
      webhook: fc.constantFrom('https://hooks.example.org/x?y=1'),
    },
    { requiredKeys: ['name', 'document'] },
  )
  .filter((person) => Person.safeParse(person).success)
  .map((person) => Person.parse(person));

describe('the vault', () => {
  test('opens what it sealed, for every person', () => {
    const vault = createVault(newKeyring('k1'));
    fc.assert(
      fc.property(people, fc.string(), (person, context) => {
        expect(vault.open(vault.seal(person, context), context)).toEqual(person);
      }),
    );
  });

  test('seals a typical person in 160 characters at most, safe in JSON and URLs', () => {
    const sealed = createVault(newKeyring('k1')).seal(typical, '92/k3j5m7n9p1q2r4s6');
    expect(sealed).toMatch(/^[A-Za-z0-9_-]{1,160}$/);
  });

  test('never seals twice to the same text', () => {
    const vault = createVault(newKeyring('k1'));
    expect(vault.seal(typical, 'a')).not.toBe(vault.seal(typical, 'a'));
  });

  test('opens what an older key of the ring sealed, and seals with the newest', () => {
    const [old, fresh] = [newKeyText('k1'), newKeyText('k2')];
    const sealed = createVault(parseKeyring(old)).seal(typical, 'a');
    const rotated = createVault(parseKeyring(`${fresh},${old}`));
    expect(rotated.open(sealed, 'a')).toEqual(typical);
    const resealed = rotated.seal(typical, 'a');
    expect(createVault(parseKeyring(fresh)).open(resealed, 'a')).toEqual(typical);
  });

  test('seals anew under the newest key, once, and says which key seals a text', () => {
    const [old, fresh] = [newKeyText('k1'), newKeyText('k2')];
    const former = createVault(parseKeyring(old));
    const rotated = createVault(parseKeyring(`${fresh},${old}`));
    const [person, text] = [former.seal(typical, 'a'), former.sealText('secret', 'a')];
    const again = rotated.reseal(person, 'a');
    expect([sealingKeyId(person), sealingKeyId(again)]).toEqual(['k1', 'k2']);
    expect(createVault(parseKeyring(fresh)).open(again, 'a')).toEqual(typical);
    expect(createVault(parseKeyring(fresh)).openText(rotated.resealText(text, 'a'), 'a')).toBe(
      'secret',
    );
    expect(rotated.reseal(again, 'a')).toBe(again);
    expect(() => rotated.reseal(person, 'b')).toThrow('does not open');
  });

  test('says that a key is missing', () => {
    const sealed = createVault(newKeyring('k1')).seal(typical, 'a');
    expect(() => createVault(newKeyring('k2')).open(sealed, 'a')).toThrow(
      'sealed with a key that is not in the keyring',
    );
  });

  test('does not open for another entry', () => {
    const vault = createVault(newKeyring('k1'));
    expect(() => vault.open(vault.seal(typical, '92/a'), '92/b')).toThrow('does not open');
  });

  test('does not open with another key of the same id', () => {
    const sealed = createVault(newKeyring('k1')).seal(typical, 'a');
    expect(() => createVault(newKeyring('k1')).open(sealed, 'a')).toThrow('does not open');
  });

  test('does not open a text as a person, nor a person as a text', () => {
    const vault = createVault(newKeyring('k1'));
    expect(vault.openText(vault.sealText('secret', 'a'), 'a')).toBe('secret');
    expect(() => vault.open(vault.sealText('a9912345678', 'a'), 'a')).toThrow('does not open');
    expect(() => vault.openText(vault.seal(typical, 'a'), 'a')).toThrow('does not open');
  });

  test('notices every single flipped bit, and shows nothing of the content', () => {
    const vault = createVault(newKeyring('k1'));
    const bytes = Buffer.from(vault.seal(typical, 'a'), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const open = () => vault.open(flipped.toString('base64url'), 'a');
      expect(open).toThrow(/^sealed (text|with)/);
      expect(open).not.toThrow(/Fatoumata|9912345678|example\.org/);
    }
  });

  test.each(['', 'A', '????', 'AAAA', 'Ag'.repeat(15)])('refuses %j as malformed', (sealed) => {
    expect(() => createVault(newKeyring('k1')).open(sealed, 'a')).toThrow(
      'sealed text is malformed',
    );
  });

  test('refuses a second spelling of the same bytes', () => {
    const vault = createVault(newKeyring('k1'));
    const sealed = vault.seal(typical, 'a');
    expect(() => vault.open(`${sealed}=`, 'a')).toThrow('sealed text is malformed');
    expect(() => vault.open(`${sealed}\n`, 'a')).toThrow('sealed text is malformed');
  });
});
