import { isPrintableName } from './fonts.ts';
import { createPaper, type Lang, type WriteDate } from './paper.ts';

/** One letter of a batch. */
export interface LetterFacts {
  readonly lang: Lang;
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

const texts = {
  fr: {
    nameless: (entry: string) => `Inscription ${entry}`,
    answer:
      'Pour répondre : au guichet ou par téléphone, avec votre référence, ou avec le code ci-dessous. Ne donnez votre référence à personne d’autre.',
    caption: 'Répondre avec un téléphone',
    alternative: 'Code QR qui mène à la page de votre inscription',
  },
  en: {
    nameless: (entry: string) => `Entry ${entry}`,
    answer:
      'To answer: at the desk or by telephone, with your reference, or with the code below. Give your reference to nobody else.',
    caption: 'Answer with a telephone',
    alternative: 'QR code that leads to the page of your entry',
  },
} as const;

/** The letters of a day, each on sheets of its own, the address where windows of envelopes are. */
export function createBatchPaper(facts: BatchFacts): Promise<Buffer> {
  const { prefecture, day, letters, atMs, writeDate } = facts;
  const title = `${prefecture} – ${day}`;
  const paper = createPaper({ title, lang: 'fr', atMs, foot: prefecture, numbered: false });
  for (const letter of letters) {
    const text = texts[letter.lang];
    paper.section(letter.lang, (section) => {
      const isPrintable = isPrintableName(letter.name);
      const name = isPrintable ? letter.name.normalize('NFC') : text.nameless(letter.entry);
      section.address([name, ...letter.address]);
      section.paragraph(writeDate(letter.lang, atMs));
      section.title(letter.subject);
      for (const paragraph of letter.paragraphs) {
        section.paragraph(isPrintable ? paragraph : paragraph.replaceAll(letter.name, ''));
      }
      if (letter.link !== '') {
        const { answer, caption, alternative } = text;
        section.paragraph(answer, { bold: true });
        section.codes([{ text: letter.link, caption, alternative }]);
      }
    });
  }
  return paper.end();
}
