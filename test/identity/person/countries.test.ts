import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFindCountry } from '#src/identity/person/countries.ts';

const find = createFindCountry();

test.each([
  ['Algérie', 'DZA'],
  ['ALGERIE', 'DZA'],
  ['  algeria ', 'DZA'],
  ['الجزائر', 'DZA'],
  ['dza', 'DZA'],
  ['Côte d’Ivoire', 'CIV'],
  ["cote d'ivoire", 'CIV'],
  ['Türkiye', 'TUR'],
  ['বাংলাদেশ', 'BGD'],
  ['Congo-Kinshasa', 'COD'],
  ['RDC', 'COD'],
  ['apatride', 'XXA'],
  ['Kosovo', 'RKS'],
])('%s is %s', (written, code) => {
  expect(find(written)).toBe(code);
});

test('what names no country, or two, is asked again', () => {
  for (const written of ['Congo', 'Xyz', '', ' - ', 'toString', '__proto__', 'MAL']) {
    expect(find(written)).toBeUndefined();
  }
});

test('whatever is written, the answer is a code of three letters or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (written) => {
      expect(find(written) ?? 'ABC').toMatch(/^[A-Z]{3}$/);
    }),
  );
});

test('a country is found by its name in French and in English, and never as another', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const [french, english] = ['fr', 'en'].map(
    (lang) => new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' }),
  );
  let found = 0;
  for (const first of letters) {
    for (const second of letters) {
      const [name, other] = [french?.of(first + second), english?.of(first + second)];
      const code = find(name ?? '');
      if (code === undefined) continue;
      found += 1;
      expect([name, find(other ?? '')]).toEqual([name, code]);
    }
  }
  expect(found).toBeGreaterThan(245);
});
