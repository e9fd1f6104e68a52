import { describe, expect, test } from 'vitest';
import { LANGUAGES, languages } from '#src/base/languages.ts';
import { catalogueOf, register } from '#src/texts/catalogues.ts';
import { createWorkScript } from '#src/web/join/work-script.ts';
import { createVerifyPage } from '#src/web/verifier/page.ts';
import { markedCatalogue, outsideOfTexts, PSEUDO } from '../support/pseudo.ts';
import { everyPage, shownPrefecture } from './every-page.ts';

/** What is the same in every language: names of languages, a time zone, a week, and the id of a sample. */
const everywhere = [...languages.map((one) => LANGUAGES[one].name), 'UTC', '2026-W49', 'renewal'];
/** Names that a prefecture gave are digits here: any letter on a page is ours. */
const pages = Object.entries(everyPage(PSEUDO, shownPrefecture('1')));
/** The same, with each text in marks. */
const marked = (() => {
  const unmarked = catalogueOf(PSEUDO);
  register(PSEUDO, markedCatalogue(unmarked));
  const made = Object.entries(everyPage(PSEUDO, shownPrefecture('1')));
  register(PSEUDO, unmarked);
  return made;
})();

/** What people read of a page, or have read to them, in this language. */
function readOf(page: string): string {
  const parts = page.includes('<section')
    ? [...page.matchAll(new RegExp(`<section lang="${PSEUDO}".*?</section>`, 'gs'))].join(' ')
    : page.replace(/.*?<title>/s, '<title>');
  const spoken = [...parts.matchAll(/ (?:aria-label|placeholder|title|alt)="([^"]*)"/g)];
  const seen = parts
    .replaceAll(/<(style|script|code)\b.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&\w+;/g, ' ');
  return [seen, ...spoken.map(([, text]) => text ?? '')].join(' ');
}

/** Words in plain letters: they came from no catalogue. */
function leftOver(text: string): string[] {
  const rest = everywhere.reduce((less, word) => less.replaceAll(word, ' '), text);
  return rest.match(/\p{L}*[A-Za-z]\p{L}*/gu) ?? [];
}

/** Words and signs of sentences that came from no catalogue: not the dash and comma of lists. */
function joinedByCode(text: string): string[] {
  const rest = everywhere.reduce((less, word) => less.replaceAll(word, ' '), outsideOfTexts(text));
  // Dates are in Arabic, from no catalogue of ours.
  return rest.replaceAll(/\d+:\d+/g, ' ').match(/[\p{L}--\p{Script=Arabic}]+|[:;!?\(\)]/gv) ?? [];
}

describe('in a language that nobody speaks', () => {
  test('a page that has words of French would be found', () => {
    const page = '<title>1</title><p aria-label="Langue">ǡ été <code>x</code></p>';
    expect(leftOver(readOf(page))).toEqual(['été', 'Langue']);
  });

  test.each(pages)('%s: no French is left over', (_name, page) => {
    const text = readOf(page);
    expect(text).toMatch(/[ǡęįø]/);
    expect(leftOver(text)).toEqual([]);
  });

  test('a colon, a bracket or a letter that code puts between texts would be found', () => {
    expect(joinedByCode('⟦a⟧ : 1')).toEqual([':']);
    expect(joinedByCode('⟦a ⟦b⟧ (c): d⟧ 12 – 3, UTC')).toEqual([]);
    expect(joinedByCode('⟦a⟧ (x)')).toEqual(['(', 'x', ')']);
  });

  test.each(marked)('%s: no sentence is joined by code', (_name, page) => {
    const text = readOf(page);
    expect(text).toContain('⟦');
    expect(joinedByCode(text)).toEqual([]);
  });

  test.each(pages)('%s: is marked as that language, and runs from right to left', (_name, page) => {
    expect(page).toMatch(new RegExp(`<(html|section) lang="${PSEUDO}" dir="rtl">`));
  });

  test('the page that verifies draws says all of it, too', async () => {
    const { text } = await createVerifyPage();
    const spans = (language: string) =>
      [...text.matchAll(new RegExp(`<span lang="${language}"[^>]*>(.*?)</span>`, 'g'))].map(
        ([, said]) => said ?? '',
      );
    expect(spans(PSEUDO).length).toBeGreaterThan(5);
    expect(spans(PSEUDO)).toHaveLength(spans('fr').length);
    expect(spans(PSEUDO).flatMap(leftOver)).toEqual([]);
  });

  test('what scripts say has that language in it', async () => {
    const { text } = await createWorkScript();
    expect(text).toContain(`${PSEUDO}:{working:"`);
  });
});
