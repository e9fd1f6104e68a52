import { readdirSync } from 'node:fs';
import {
  isArgumentElement,
  isLiteralElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { languages } from '#src/base/languages.ts';
import { catalogueOf } from '#src/texts/catalogues.ts';
import type { Area } from '#src/texts/message.ts';
import type { Catalogue } from '#src/texts/translation.ts';

/** Every text of a language: `area.key`, or `area.key.2` for one of a list. */
function textsIn(catalogue: Catalogue): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, area] of Object.entries<Area>(catalogue)) {
    for (const [key, text] of Object.entries(area)) {
      const texts =
        typeof text === 'string'
          ? [[key, text]]
          : [...text.entries()].map(([at, one]) => [`${key}.${at}`, one]);
      for (const [at = '', one = ''] of texts) found.set(`${name}.${at}`, one);
    }
  }
  return found;
}

/**
 * Names of the arguments of a message. Whether one is a plural may differ: a language needs forms
 * where another has one.
 */
function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  const found = elements.flatMap((one): string[] => {
    if (isLiteralElement(one) || isPoundElement(one)) return [];
    if (isArgumentElement(one)) return [one.value];
    if (!isPluralElement(one) && !isSelectElement(one)) return ['a type that is not allowed'];
    return [one.value, ...Object.values(one.options).flatMap(({ value }) => argumentsOf(value))];
  });
  return [...new Set(found)].sort();
}

const all = languages.map((language) => ({ language, texts: textsIn(catalogueOf(language)) }));
const french = textsIn(catalogueOf('fr'));

test('every row of the table of languages has one folder, and every folder a row', () => {
  const folders = readdirSync('src/texts', { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  expect(folders.map(({ name }) => name).sort()).toEqual([...languages].sort());
});

describe.each(all)('the texts in $language', ({ texts }) => {
  const offending = (test: (text: string) => boolean) =>
    [...texts].filter(([, text]) => test(text)).map(([key]) => key);

  test('have the keys of the French ones, in the same order', () => {
    expect([...texts.keys()]).toEqual([...french.keys()]);
  });

  test('are ICU messages, with the arguments of the French ones', () => {
    const known = (from: ReadonlyMap<string, string>) =>
      Object.fromEntries(
        [...from].map(([key, text]) => [key, argumentsOf(parse(text, { ignoreTag: true }))]),
      );
    expect(known(texts)).toEqual(known(french));
  });

  test('have no straight quotes, no HTML, and nothing empty', () => {
    expect(offending((text) => /['"]/.test(text))).toEqual([]);
    expect(offending((text) => /<|>|&\w+;/.test(text))).toEqual([]);
    expect(offending((text) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });
});
