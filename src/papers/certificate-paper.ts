import { type InEveryLanguage, type Labels, labelOf } from '../domain/values.ts';
import { certificateTexts } from './certificate-texts.ts';
import { attemptsOf, type Certificate, type MissedDraw } from './claims.ts';
import { isPrintableName } from './fonts.ts';
import { createPaper, type Lang, type Section, type WriteDate } from './paper.ts';

/** One QR code: a certificate of its own, over some of the draws. */
export interface CertificateCode {
  readonly address: string;
  /** Its draws, counted from 1 in the list of the whole certificate. */
  readonly first: number;
  readonly last: number;
}

export interface CertificateFacts {
  readonly claims: Certificate;
  readonly prefecture: Labels;
  readonly requestType: Labels;
  /** Only where the person asked for it. */
  readonly name?: string;
  readonly codes: readonly CertificateCode[];
  /** Where certificates are checked. */
  readonly checkAddress: string;
  readonly keyId: string;
  /** What is said of draws by the operator's secret. */
  readonly weakerNote: InEveryLanguage;
  readonly writeDate: WriteDate;
}

/** A certificate of participation to be printed: French, then English. Not sealed yet. */
export function createCertificatePaper(facts: CertificateFacts): Promise<Buffer> {
  const { claims, codes } = facts;
  const { title, foot } = certificateTexts.fr;
  const atMs = claims.iat * 1000;
  const paper = createPaper({ title, lang: 'fr', atMs, foot: `${foot} ${claims.entry}` });
  for (const lang of ['fr', 'en'] as const) {
    const text = certificateTexts[lang];
    paper.section(lang, (section) => {
      if (lang === 'fr') section.title(text.title);
      else section.heading(text.title);
      writeFindings(section, facts, lang);
      for (const sentence of text.sentences) section.paragraph(sentence);
      section.paragraph(text.check(facts.checkAddress, facts.keyId), { small: true });
      if (lang === 'fr') section.codes(codes.map((code) => printed(code, claims.draws.length)));
    });
  }
  return paper.end();
}

function writeFindings(section: Section, facts: CertificateFacts, lang: Lang): void {
  const { claims, prefecture, requestType, name, writeDate } = facts;
  const text = certificateTexts[lang];
  const { draws, weeks } = attemptsOf(claims);
  section.paragraph(text.intro(labelOf(prefecture, lang), draws, weeks));
  section.facts([
    [text.requestType, labelOf(requestType, lang)],
    [text.entry, claims.entry],
    ...(name === undefined ? [] : [[text.name, nameText(name, lang)] satisfies [string, string]]),
    [text.made, writeDate(lang, claims.iat * 1000)],
  ]);
  const headings = text.columns.map((heading, index) => ({ heading, share: shares[index] ?? 1 }));
  section.table(
    headings,
    claims.draws.map((draw, index) => row(draw, index + 1, facts, lang)),
  );
  for (const note of notesOf(facts, lang)) section.paragraph(note, { small: true });
}

const shares = [0.7, 3.4, 1.4, 2, 1.5, 1.2, 1.9];

function row(draw: MissedDraw, number: number, { writeDate }: CertificateFacts, lang: Lang) {
  const text = certificateTexts[lang];
  const count = (value: number) => value.toLocaleString(lang === 'fr' ? 'fr-FR' : 'en-GB');
  const remarks = [
    ...(draw.void ? [text.void] : []),
    ...(draw.open ? [text.open] : []),
    ...(draw.strength === 'weaker' ? [text.weaker] : []),
  ];
  return [
    String(number),
    `${writeDate(lang, Date.parse(draw.frozenAt))}\n${draw.draw}`,
    draw.week,
    `${count(draw.rank)}\u00a0/\u00a0${count(draw.entries)}`,
    count(draw.waiting),
    count(draw.places),
    remarks.join(', '),
  ];
}

/** What the remarks mean, and only those that stand there. */
function notesOf({ claims, weakerNote }: CertificateFacts, lang: Lang): string[] {
  const text = certificateTexts[lang];
  const has = (test: (draw: MissedDraw) => boolean) => claims.draws.some(test);
  return [
    text.columnsNote,
    ...(has((draw) => draw.void === true) ? [text.note(text.void, text.voidNote)] : []),
    ...(has((draw) => draw.open === true) ? [text.note(text.open, text.openNote)] : []),
    ...(has(({ strength }) => strength === 'weaker')
      ? [text.note(text.weaker, weakerNote[lang])]
      : []),
  ];
}

function nameText(name: string, lang: Lang): string {
  const text = certificateTexts[lang];
  return isPrintableName(name) ? `${name.normalize('NFC')} (${text.nameNote})` : text.nameLeftOut;
}

function printed({ address, first, last }: CertificateCode, all: number) {
  const { fr, en } = certificateTexts;
  const isWhole = first === 1 && last === all;
  const caption = (text: typeof fr) => (isWhole ? text.code : text.codeOf(first, last));
  return {
    text: address,
    caption: `${caption(fr)} / ${caption(en)}`,
    alternative: `${caption(fr)}. ${fr.alternative}`,
  };
}
