import type { Language } from '../base/languages.ts';
import { textsOf } from '../texts/catalogues.ts';
import { isPrintableName } from './fonts.ts';
import { createPaper, type WriteDate } from './paper.ts';

/** One letter of a batch. */
export interface LetterFacts {
  readonly language: Language;
  readonly name: string;
  readonly address: readonly string[];
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the code leads to; '' for none. */
  readonly link: string;
  /** The entry, for who has no name that can be printed, and for the desk. */
  readonly entry: string;
}

export interface BatchFacts {
  readonly prefecture: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly letters: readonly LetterFacts[];
  readonly atMs: number;
  readonly writeDate: WriteDate;
}

/** The letters of a day, each on sheets of its own, the address where windows of envelopes are. */
export function createBatchPaper(facts: BatchFacts): Promise<Buffer> {
  const { prefecture, day, letters, atMs, writeDate } = facts;
  const title = `${prefecture} – ${day}`;
  const paper = createPaper({ title, atMs, foot: prefecture, numbered: false });
  for (const letter of letters) {
    const text = textsOf('papers', letter.language);
    paper.section(letter.language, (section) => {
      const isPrintable = isPrintableName(letter.name);
      const nameless = text('letter.nameless', { entry: letter.entry });
      const name = isPrintable ? letter.name.normalize('NFC') : nameless;
      section.address([name, ...letter.address]);
      section.paragraph(writeDate(letter.language, atMs));
      section.title(letter.subject);
      for (const paragraph of letter.paragraphs) {
        section.paragraph(isPrintable ? paragraph : paragraph.replaceAll(letter.name, ''));
      }
      if (letter.link !== '') {
        const [caption, alternative] = [text('letter.caption'), text('letter.alternative')];
        section.paragraph(text('letter.answer'), { bold: true });
        section.codes([{ text: letter.link, caption, alternative }]);
      }
    });
  }
  return paper.end();
}
