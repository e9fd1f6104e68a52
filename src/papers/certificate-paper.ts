import { type Language, languages, SOURCE_LANGUAGE } from '../base/languages.ts';
import { type InEveryLanguage, type Labels, labelOf } from '../domain/values.ts';
import { textsOf } from '../texts/catalogues.ts';
import { writeNumber } from '../texts/numbers.ts';
import { attemptsOf, type Certificate, type MissedDraw } from './claims.ts';
import { isPrintableName } from './fonts.ts';
import { createPaper, type Section, type WriteDate } from './paper.ts';

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

/** A certificate of participation to be printed: French first. Not sealed yet. */
export function createCertificatePaper(facts: CertificateFacts): Promise<Buffer> {
  const { claims, codes, checkAddress: address, keyId } = facts;
  const title = textsOf('papers', SOURCE_LANGUAGE)('certificate.title');
  const feet = languages.map((language) => textsOf('papers', language)('certificate.foot'));
  const foot = `${feet.join(' / ')} ${claims.entry}`;
  const paper = createPaper({ title, atMs: claims.iat * 1000, foot });
  for (const [at, language] of languages.entries()) {
    const text = textsOf('papers', language);
    paper.section(language, (section) => {
      if (at === 0) section.title(text('certificate.title'));
      else section.heading(text('certificate.title'));
      writeFindings(section, facts, language);
      for (const sentence of text.list('certificate.sentences')) section.paragraph(sentence);
      section.paragraph(text('certificate.check', { address, keyId }), { small: true });
      if (at === 0) section.codes(codes.map((code) => printed(code, claims.draws.length)));
    });
  }
  return paper.end();
}

function peopleRows(people: number | undefined, language: Language): [string, string][] {
  if (people === undefined) return [];
  const text = textsOf('papers', language);
  return [[text('receipt.people'), text('people', { people })]];
}

function writeFindings(section: Section, facts: CertificateFacts, language: Language): void {
  const { claims, requestType, name, writeDate } = facts;
  const text = textsOf('papers', language);
  const prefecture = labelOf(facts.prefecture, language);
  section.paragraph(text('certificate.intro', { prefecture, ...attemptsOf(claims) }));
  const named: [string, string][] =
    name === undefined ? [] : [[text('certificate.name'), nameText(name, language)]];
  section.facts([
    [text('certificate.requestType'), labelOf(requestType, language)],
    ...peopleRows(claims.party, language),
    [text('certificate.entry'), claims.entry],
    ...named,
    [text('certificate.made'), writeDate(language, claims.iat * 1000)],
  ]);
  const columns = text.list('certificate.columns');
  section.table(
    columns.map((heading, index) => ({ heading, share: shares[index] ?? 1 })),
    claims.draws.map((draw, index) => row(draw, index + 1, facts, language)),
  );
  for (const note of notesOf(facts, language)) section.paragraph(note, { small: true });
}

const shares = [0.7, 3.4, 1.4, 2, 1.5, 1.2, 1.9];

function row(
  draw: MissedDraw,
  number: number,
  { writeDate }: CertificateFacts,
  language: Language,
): string[] {
  const text = textsOf('papers', language);
  const count = (value: number) => writeNumber(language, value);
  const remarks = [
    ...(draw.void ? [text('certificate.void')] : []),
    ...(draw.open ? [text('certificate.open')] : []),
    ...(draw.strength === 'weaker' ? [text('certificate.weaker')] : []),
  ];
  return [
    String(number),
    `${writeDate(language, Date.parse(draw.frozenAt))}\n${draw.draw}`,
    draw.week,
    `${count(draw.rank)}\u00a0/\u00a0${count(draw.entries)}`,
    count(draw.waiting),
    count(draw.places),
    remarks.join(', '),
  ];
}

/** What the remarks mean, and only those that stand there. */
function notesOf({ claims, weakerNote }: CertificateFacts, language: Language): string[] {
  const text = textsOf('papers', language);
  const note = (remark: 'void' | 'open' | 'weaker', meaning: string) =>
    text('certificate.note', { remark: text(`certificate.${remark}`), meaning });
  const has = (test: (draw: MissedDraw) => boolean) => claims.draws.some(test);
  return [
    text('certificate.columnsNote'),
    ...(has((draw) => draw.void === true) ? [note('void', text('certificate.voidNote'))] : []),
    ...(has((draw) => draw.open === true) ? [note('open', text('certificate.openNote'))] : []),
    ...(has(({ strength }) => strength === 'weaker') ? [note('weaker', weakerNote[language])] : []),
  ];
}

function nameText(name: string, language: Language): string {
  const text = textsOf('papers', language);
  if (!isPrintableName(name)) return text('certificate.name.leftOut');
  return text('certificate.name.noted', { name: name.normalize('NFC') });
}

function printed({ address, first, last }: CertificateCode, all: number) {
  const captionIn = (language: Language) => {
    const text = textsOf('papers', language);
    if (first === 1 && last === all) return text('certificate.code');
    if (first === last) return text('certificate.code.line', { line: first });
    return text('certificate.code.lines', { first, last });
  };
  const caption = captionIn(SOURCE_LANGUAGE);
  return {
    text: address,
    caption: languages.map(captionIn).join(' / '),
    alternative: textsOf('papers', SOURCE_LANGUAGE)('certificate.alternative', { caption }),
  };
}
