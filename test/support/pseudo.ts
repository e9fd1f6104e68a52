import {
  isArgumentElement,
  isLiteralElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { LANGUAGES, Language, languages } from '#src/base/languages.ts';
import { catalogueOf, register } from '#src/texts/catalogues.ts';
import type { Area } from '#src/texts/message.ts';
import type { Catalogue } from '#src/texts/translation.ts';

/**
 * A language that nobody speaks, made from the French texts: every letter with an accent, 40 %
 * longer, from right to left. What is printed in plain letters was never in a catalogue. Import it
 * before anything that asks for a language: it is in the table of languages of that test only.
 */
export const PSEUDO = 'qps' as Language; // not in the table that is compiled

const plain = 'aàâbcçdeéèêëfghiîïjklmnoôöpqrstuùûüvwxyzAÀÂBCÇDEÉÈÊFGHIÎJKLMNOÔPQRSTUÙVWXYZ';
const accented = 'ǡǡǡƀȼȼđęęęęęƒğħįįįĵķŀɱñøøøƥɋřşŧųųųųṽŵẋẏžǠǠǠƁȻȻĐĘĘĘĘƑĞĦĮĮĴĶĿṀÑØØƤɊŘŞŦŲŲṼŴẊẎŽ';
const letters = new Map([...plain].map((letter, at) => [letter, [...accented][at] ?? letter]));

/** A text as the pseudo-language has it: no plain letter is left, and it is 40 % longer. */
export function pseudoText(text: string): string {
  const body = [...text].map((letter) => letters.get(letter) ?? letter).join('');
  const missing = Math.ceil([...text].filter((letter) => /\p{L}/u.test(letter)).length * 0.4);
  return missing === 0 ? body : body.replace(/(\s*)$/, `${'·ẋ'.repeat(missing / 2 + 0.5)}$1`);
}

/** An ICU message in the pseudo-language: arguments, plurals and selectors as they were. */
export function pseudoMessage(pattern: string): string {
  return written(parse(pattern, { ignoreTag: true }));
}

function written(elements: readonly MessageFormatElement[]): string {
  return elements.map(element).join('');
}

function element(one: MessageFormatElement): string {
  if (isLiteralElement(one)) return pseudoText(one.value);
  if (isArgumentElement(one)) return `{${one.value}}`;
  if (isPoundElement(one)) return '#';
  if (!isPluralElement(one) && !isSelectElement(one)) throw new Error('an argument of a new type');
  const branches = Object.entries(one.options).map(
    ([name, { value }]) => `${name} {${written(value)}}`,
  );
  return `{${one.value}, ${isPluralElement(one) ? 'plural' : 'select'}, ${branches.join(' ')}}`;
}

function pseudoCatalogue(french: Catalogue): Catalogue {
  const areas = Object.entries<Area>(french).map(([name, area]) => {
    const texts = Object.entries(area).map(([key, text]) => [
      key,
      typeof text === 'string' ? pseudoMessage(text) : text.map(pseudoMessage),
    ]);
    return [name, Object.fromEntries(texts)];
  });
  return Object.fromEntries(areas) as Catalogue; // the same areas and keys
}

/** Where each text of a catalogue begins and ends. */
const [begin, end] = ['⟦', '⟧'];

/** The catalogue with each text in marks: what stands outside of them on a page was put there by code. */
export function markedCatalogue(catalogue: Catalogue): Catalogue {
  // No text, but how wide a month is.
  const mark = (key: string, text: string) =>
    key === 'date.monthWidth' ? text : `${begin}${text}${end}`;
  const areas = Object.entries<Area>(catalogue).map(([name, area]) => {
    const texts = Object.entries(area).map(([key, text]) => [
      key,
      typeof text === 'string' ? mark(key, text) : text.map((one) => mark(key, one)),
    ]);
    return [name, Object.fromEntries(texts)];
  });
  return Object.fromEntries(areas) as Catalogue; // the same areas and keys
}

/** What stands outside of all marks; texts may be arguments of others. */
export function outsideOfTexts(page: string): string {
  const inmost = new RegExp(`${begin}[^${begin}${end}]*${end}`, 'g');
  let rest = page;
  while (inmost.test(rest)) rest = rest.replaceAll(inmost, ' ');
  return rest;
}

Object.assign(LANGUAGES, {
  // Arabic has six plural forms, and months that no French text holds.
  [PSEUDO]: { name: pseudoText('Pseudo'), dir: 'rtl', locale: 'ar-u-nu-latn' },
});
languages.push(PSEUDO);
Language._zod.values.add(PSEUDO);
register(PSEUDO, pseudoCatalogue(catalogueOf('fr')));
