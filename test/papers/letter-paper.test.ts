import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatchPaper, type LetterFacts } from '#src/papers/letter-paper.ts';
import { readPdf } from '../support/pdf.ts';

const letter: LetterFacts = {
  language: 'fr',
  name: 'Ada Exemple',
  address: ['12 rue de la Paix', '92000 NANTERRE'],
  subject: 'Votre rendez-vous',
  paragraphs: ['Bonjour,'],
  link: 'https://rdv.example.org/p/92/entries/k3j5m7n9p1q2r4s6',
  entry: 'k3j5m7n9p1q2r4s6',
};
const batchOf = (letters: readonly LetterFacts[]) =>
  createBatchPaper({
    prefecture: '92',
    day: '2026-12-01',
    letters,
    atMs: 0,
    writeDate: () => '1er décembre 2026',
  });

/** What would end a text of a PDF, or begin something that a reader runs. */
const hostile = [
  'X) Tj ET /OpenAction << /S /JavaScript /JS (app.alert(1)) >> BT (',
  'X endstream endobj 9 0 obj << /Type /Action /S /Launch >> endobj',
  'X <</URI (https://evil.example)>> %%EOF',
  'X\\) \\051 \r\nstream',
  'X\u202E\u2066txet\u2069 \u2028\u0085\0',
  '=HYPERLINK("https://evil.example") https://evil.example',
];
const active = /\/(OpenAction|JavaScript|JS|Launch|URI|AA|EmbeddedFile|SubmitForm|Annots)\b/;

test('whatever a name, a line or a text holds, a letter runs nothing and stays one letter', async () => {
  const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 120 }));
  const anyLetter = fc.record({
    ...{ name: text, subject: text },
    address: fc.array(text, { minLength: 2, maxLength: 6 }),
    paragraphs: fc.array(text, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(anyLetter, async (evil) => {
      const bytes = await batchOf([{ ...letter, ...evil }, letter]);
      expect(bytes.toString('latin1')).not.toMatch(active);
      const { text: printed, codes } = await readPdf(bytes);
      expect(codes).toEqual([letter.link, letter.link]);
      expect(printed.match(/Ada Exemple/g)?.length).toBe(1);
    }),
    {
      numRuns: 12,
      seed: 3,
      examples: hostile.map((one) => [
        { name: one, subject: one, address: [one, one], paragraphs: [one] },
      ]),
    },
  );
});
