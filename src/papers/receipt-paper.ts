import type { Accepts } from '../allocator/types.ts';
import { type Language, languages, SOURCE_LANGUAGE } from '../base/languages.ts';
import { oneLine } from '../base/one-line.ts';
import { type Labels, labelOf } from '../domain/values.ts';
import { textsOf } from '../texts/catalogues.ts';
import { acceptsFacts, type SiteName } from './accepts-text.ts';
import { createPaper, type WriteDate } from './paper.ts';

export interface ReceiptFacts {
  readonly prefecture: Labels;
  readonly entry: string;
  readonly requestType: Labels;
  /** Names of a party, all of them; of one person none. */
  readonly names: readonly string[];
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

/** The receipt of an entry to be printed: French first. Names nobody but a party; not sealed yet. */
export function createReceiptPaper(facts: ReceiptFacts): Promise<Buffer> {
  const { entry, atMs } = facts;
  const all = languages.map((language) => textsOf('papers', language));
  const title = textsOf('papers', SOURCE_LANGUAGE)('receipt.title');
  const foot = all.map((text) => text('receipt.foot')).join(' / ');
  const paper = createPaper({ title, atMs, foot: `${foot} ${entry}` });
  for (const [at, language] of languages.entries()) {
    const text = textsOf('papers', language);
    paper.section(language, (section) => {
      if (at === 0) section.title(text('receipt.title'));
      else section.heading(text('receipt.title'));
      const prefecture = labelOf(facts.prefecture, language);
      section.paragraph(text('receipt.intro', { prefecture }));
      section.facts(factsOf(facts, language));
      const people = Math.max(1, facts.names.length);
      for (const sentence of text.list('receipt.sentences', { people }))
        section.paragraph(sentence);
      if (at === 0) {
        const caption = all.map((one) => one('receipt.caption')).join(' / ');
        const alternative = text('receipt.alternative');
        section.codes([{ text: facts.codeAddress, caption, alternative }]);
      }
      const { checkAddress: address, keyId } = facts;
      section.paragraph(text('receipt.check', { address, keyId }), { small: true });
    });
  }
  return paper.end();
}

/** How many come together, and who: numbered as desks and helpers name them. */
function partyRows(names: readonly string[], language: Language): [string, string][] {
  if (names.length === 0) return [];
  const text = textsOf('papers', language);
  const listed = names.map((name, member) => `${member + 1}. ${oneLine(name)}`);
  return [
    [text('receipt.people'), text('people', { people: names.length })],
    [text('receipt.names'), listed.join(', ')],
  ];
}

function factsOf(facts: ReceiptFacts, language: Language): [string, string][] {
  const text = textsOf('papers', language);
  const { joinedAtMs, waitingSinceMs, writeDate, accepts, siteName } = facts;
  const waiting =
    waitingSinceMs === undefined ? text('receipt.unverified') : writeDate(language, waitingSinceMs);
  return [
    [text('receipt.requestType'), labelOf(facts.requestType, language)],
    [text('receipt.entry'), facts.entry],
    ...partyRows(facts.names, language),
    [text('receipt.joined'), writeDate(language, joinedAtMs)],
    [text('receipt.waiting'), waiting],
    ...acceptsFacts(accepts, language, siteName),
    [text('receipt.made'), writeDate(language, facts.atMs)],
  ];
}
