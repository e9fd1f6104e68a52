import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packPerson, unpackPerson } from '#src/identity/person/packing.ts';
import type { Document, Member, Person } from '#src/identity/person/person.ts';

const name = fc.stringMatching(/^[A-Za-zé’ -]{1,20}$/);
const birthDate = fc.constantFrom('1984-02-29', '2019-12-31');
const number = fc.stringMatching(/^[A-Z0-9]{3,12}$/);
const country = fc.constantFrom('MLI', 'DZA');
const document: fc.Arbitrary<Document> = fc.oneof(
  fc.record({ kind: fc.constant('agdref' as const), number: fc.stringMatching(/^\d{10}$/) }),
  fc.record({ kind: fc.constant('passport' as const), country, number }),
  fc.record({ kind: fc.constant('consular' as const), country, number }),
  fc.record({ kind: fc.constant('none' as const), birthDate, nationality: country }),
);
const further = fc.array(document, { minLength: 1, maxLength: 3 });
const member: fc.Arbitrary<Member> = fc.oneof(
  fc.record({ name, birthDate }),
  fc.record(
    { name, document, otherDocuments: further, birthDate },
    { requiredKeys: ['name', 'document'] },
  ),
);
const person: fc.Arbitrary<Person> = fc.record(
  {
    name,
    document,
    otherDocuments: further,
    birthDate,
    others: fc.array(member, { minLength: 1, maxLength: 5 }),
    email: fc.constant('ada@example.org'),
    phone: fc.constant('+33612345678'),
    postal: fc.constant(['1 rue de la Paix', '75002 Paris']),
  },
  { requiredKeys: ['name', 'document'] },
);

test('what was packed is unpacked, with whoever comes along', () => {
  fc.assert(
    fc.property(person, (one) => {
      expect(unpackPerson(packPerson(one))).toEqual(one);
    }),
  );
});

describe('a person alone', () => {
  const packed = 'pAA12\u001fMLI\u001fAda\u001fa@example.org\u001f\u001f\u001f1984-02-29\u001f';
  const alone: Person = {
    name: 'Ada',
    document: { kind: 'passport', country: 'MLI', number: 'AA12' },
    otherDocuments: [{ kind: 'agdref', number: '9912345678' }],
    birthDate: '1984-02-29',
    email: 'a@example.org',
  };
  const text = `${packed}\u001fa9912345678\u001f`;

  test('is packed byte for byte as before there were parties', () => {
    expect(packPerson(alone)).toBe(text);
    expect(unpackPerson(text)).toEqual(alone);
  });

  test('keeps these bytes in front of those of who comes along', () => {
    const family = { ...alone, others: [{ name: 'Bo', birthDate: '2019-12-31' }] };
    expect(packPerson(family)).toBe(`${text}\u001fmBo\u001f2019-12-31`);
  });
});

test('a member without a name, or a half pair, is refused', () => {
  const alone = packPerson({ name: 'Ada', document: { kind: 'agdref', number: '9912345678' } });
  const padded = `${alone}${'\u001f'.repeat(5)}`;
  expect(() => unpackPerson(`${padded}\u001fm\u001f2019-12-31`)).toThrow('malformed');
  expect(() => unpackPerson(`${padded}\u001fmBo`)).toThrow('malformed');
});
