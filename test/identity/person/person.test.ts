import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Person } from '#src/identity/person/person.ts';

const base = { name: 'Amina Ba', document: { kind: 'agdref', number: '9912345678' } } as const;
const parse = (members: object) => Person.parse({ ...base, ...members });
const accepts = (members: object) => Person.safeParse({ ...base, ...members }).success;

describe('a person', () => {
  test.each([
    ['06 12 34 56 78', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['+262 692 12 34 56', '+262692123456'],
    ['+221 77 123 45 67', '+221771234567'],
  ])('has the telephone number %s as %s', (given, kept) => {
    expect(parse({ phone: given }).phone).toBe(kept);
  });

  test.each(['123', '06 12 34 56', 'tel 06 12 34 56 78', '+33612345678; +33612345679', ''])(
    'may not have the telephone number %j',
    (phone) => expect(accepts({ phone })).toBe(false),
  );

  test('has an e-mail address whose domain is in lower case', () => {
    expect(parse({ email: ' Amina.Ba@Example.ORG ' }).email).toBe('Amina.Ba@example.org');
  });

  test.each([
    'amina',
    'a@b',
    'a b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org, b@example.org',
    `${'a'.repeat(250)}@example.org`,
  ])('may not have the e-mail address %j', (email) => expect(accepts({ email })).toBe(false));

  test.each([
    'http://example.org/',
    'ftp://example.org/',
    'https://user:password@example.org/',
    'https://example.org/#x',
    'javascript:alert(1)',
  ])('may not have the webhook %j', (webhook) => expect(accepts({ webhook })).toBe(false));

  test.each([
    '',
    '  ',
    '—',
    '123',
    'A\nB',
    'A\r\nBcc: x@example.org',
    'A\u0000',
    'A\u202eB',
    'é'.repeat(201),
  ])('may not have the name %j', (name) => expect(accepts({ name })).toBe(false));

  test.each(['Nguyễn Thị Ánh', "M'Bappé", 'محمد', '李', 'O’Neil-Smith Jr.'])(
    'may have the name %j',
    (name) => expect(parse({ name: ` ${name} ` }).name).toBe(name),
  );

  test.each([
    { kind: 'agdref', number: '99 1234 5678' },
    { kind: 'agdref', number: '99 I234 567O' },
    { kind: 'agdref', number: '٩٩١٢٣٤٥٦٧٨' },
    { kind: 'passport', country: 'mli', number: 'aa 0123456' },
    { kind: 'passport', country: 'UKR', number: 'АВ 123456' },
    { kind: 'consular', country: 'XXA', number: '12-34/5' },
    { kind: 'none', birthDate: '1984-02-29', nationality: 'DZA' },
  ])('may have the document %j', (document) => expect(accepts({ document })).toBe(true));

  test.each([
    { kind: 'agdref', number: '991234567' },
    { kind: 'agdref', number: '99123456789' },
    { kind: 'passport', country: 'ML', number: 'AA0123456' },
    { kind: 'passport', country: 'MLI', number: '--' },
    { kind: 'passport', country: 'MLI', number: 'AA0123456', extra: 1 },
    { kind: 'none', birthDate: '1985-02-29', nationality: 'DZA' },
    { kind: 'licence', number: '1' },
  ])('may not have the document %j', (document) => expect(accepts({ document })).toBe(false));

  test('may have three further documents, each once', () => {
    const document = (last: number) => ({ kind: 'passport', country: 'MLI', number: `AA${last}` });
    const numbers = [11, 12, 13, 14].map(document);
    expect(accepts({ otherDocuments: numbers.slice(1) })).toBe(true);
    expect(accepts({ otherDocuments: numbers })).toBe(false);
    expect(accepts({ otherDocuments: [numbers[0], numbers[0]] })).toBe(false);
  });

  test('has an AGDREF number in digits, whatever was typed', () => {
    const { document } = parse({ document: { kind: 'agdref', number: '99.I234.567o' } });
    expect(document).toEqual({ kind: 'agdref', number: '9912345670' });
  });

  test('is strict, and can be described in JSON Schema', () => {
    expect(accepts({ nickname: 'x' })).toBe(false);
    expect(z.toJSONSchema(Person)).toMatchObject({
      required: ['name', 'document'],
      properties: { email: { format: 'email' } },
    });
  });
});
