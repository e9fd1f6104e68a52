import type { Accepts } from '../allocator/types.ts';
import { type Labels, labelOf } from '../domain/values.ts';
import { acceptsFacts, type SiteName } from './accepts-text.ts';
import { createPaper, type Lang, type WriteDate } from './paper.ts';
import { receiptTexts } from './receipt-texts.ts';

export interface ReceiptFacts {
  readonly prefecture: Labels;
  readonly entry: string;
  readonly requestType: Labels;
  readonly joinedAtMs: number;
  /** Absent: the contact is not confirmed yet. */
  readonly waitingSinceMs?: number;
  readonly accepts?: Accepts;
  readonly siteName: SiteName;
  /** Address that the code holds: it carries the signed receipt. */
  readonly codeAddress: string;
  /** Where receipts are checked. */
  readonly checkAddress: string;
  readonly keyId: string;
  readonly atMs: number;
  readonly writeDate: WriteDate;
}

/** The receipt of an entry to be printed: French, then English. Names nobody; not sealed yet. */
export function createReceiptPaper(facts: ReceiptFacts): Promise<Buffer> {
  const { title, foot } = receiptTexts.fr;
  const { entry, atMs } = facts;
  const paper = createPaper({ title, lang: 'fr', atMs, foot: `${foot} ${entry}` });
  for (const lang of ['fr', 'en'] as const) {
    const text = receiptTexts[lang];
    paper.section(lang, (section) => {
      if (lang === 'fr') section.title(text.title);
      else section.heading(text.title);
      section.paragraph(text.intro(labelOf(facts.prefecture, lang)));
      section.facts(factsOf(facts, lang));
      for (const sentence of text.sentences) section.paragraph(sentence);
      if (lang === 'fr') {
        const caption = `${receiptTexts.fr.caption} / ${receiptTexts.en.caption}`;
        section.codes([{ text: facts.codeAddress, caption, alternative: text.alternative }]);
      }
      section.paragraph(text.check(facts.checkAddress, facts.keyId), { small: true });
    });
  }
  return paper.end();
}

function factsOf(facts: ReceiptFacts, lang: Lang): [string, string][] {
  const text = receiptTexts[lang];
  const { joinedAtMs, waitingSinceMs, writeDate, accepts, siteName } = facts;
  return [
    [text.requestType, labelOf(facts.requestType, lang)],
    [text.entry, facts.entry],
    [text.joined, writeDate(lang, joinedAtMs)],
    [
      text.waiting,
      waitingSinceMs === undefined ? text.unverified : writeDate(lang, waitingSinceMs),
    ],
    ...acceptsFacts(accepts, lang, siteName),
    [text.made, writeDate(lang, facts.atMs)],
  ];
}
