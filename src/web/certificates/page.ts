import type { Language } from '../../base/languages.ts';
import type { Strength } from '../../domain/draws/strength.ts';
import { certificatesPageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type InEveryLanguage, labelOf } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html, htmlText } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';
import { sheet } from '../kit/layout.ts';

const written = createDateWriter();

/** What a receipt and a certificate both say. */
interface ShownPaper {
  readonly prefecture: string;
  readonly requestType: string;
  readonly entry: string;
  /** How many people come together; absent: one. */
  readonly party?: number | undefined;
}

interface ShownReceipt extends ShownPaper {
  /** ISO 8601, as are all instants here. */
  readonly joinedAt: string;
  readonly waitingSince?: string | undefined;
}

interface ShownCertificate extends ShownPaper {
  readonly draws: readonly MissedDraw[];
}

/** A draw in which the entry was offered no place. */
interface MissedDraw {
  readonly draw: string;
  readonly frozenAt: string;
  readonly week: string;
  readonly rank: number;
  readonly entries: number;
  readonly waiting: number;
  readonly places: number;
  readonly strength: Strength;
  readonly open?: true | undefined;
  readonly void?: true | undefined;
}

/** What was found of a paper. */
export interface ShownCheck {
  readonly genuine: boolean;
  readonly says: InEveryLanguage;
  readonly issuedAt: string | null;
  readonly certificate: ShownCertificate | null;
  readonly receipt: ShownReceipt | null;
  readonly attempts: { readonly draws: number; readonly weeks: number } | null;
  readonly draws: readonly { readonly draw: string; readonly state: string | null }[] | null;
}

export interface ShownCertificates {
  readonly lang: Language;
  /** Absent: nothing was handed in yet. */
  readonly checked: ShownCheck | undefined;
  /** For the names of things, if it still exists. */
  readonly about: Prefecture | undefined;
  /** What a code on paper held: kept when the language changes. */
  readonly jws: string | undefined;
}

/** The page where anyone checks a certificate or receipt, without script. Pure. */
export function certificatesPage(shown: ShownCertificates): string {
  const { lang, checked, jws } = shown;
  const text = textsOf('certificatesPage', lang);
  const address = certificatesPageUrl('');
  return sheet({
    lang,
    title: text('title'),
    indexed: jws === undefined && checked === undefined,
    hrefIn: (language) => withPaper(inLanguage(address, language), jws),
    body: html`${checked ? resultPart(shown, checked) : html`<p>${text('intro')}</p>`}
<form method="post" enctype="multipart/form-data" action="${inLanguage(address, lang)}">
<label for="file">${text('file')}</label>
<p class="hint" id="file-hint">${text('file.hint')}</p>
<input type="file" id="file" name="file" accept=".pdf,.jws,.jwt,.txt,application/pdf" aria-describedby="file-hint">
<label for="text">${text('signedText')}</label>
<p class="hint" id="text-hint">${text('signedText.hint')}</p>
<textarea id="text" name="text" rows="4" maxlength="60000" spellcheck="false" autocapitalize="none" aria-describedby="text-hint"></textarea>
<button type="submit">${text('check')}</button>
</form>
<h2>${text('proves')}</h2>
<p>${text('proves.body')}</p>
<p>${text('privacy')}</p>
<p>${offlinePart(lang)}</p>`,
  });
}

function offlinePart(lang: Language): Html {
  const text = textsOf('certificatesPage', lang);
  const command = html`<code>npm run verify -- --certificate FILE --keys KEYS</code>`;
  const keys = html`<a href="/v1/keys">${text('keys')}</a>`;
  return htmlText({ command, keys }, (marks) => text('offline', marks));
}

function resultPart(shown: ShownCertificates, checked: ShownCheck): Html {
  const { lang } = shown;
  const text = textsOf('certificatesPage', lang);
  const said = checked.genuine
    ? html`<p class="notice" role="status"><strong>${text('genuine')}</strong> ${checked.says[lang]}</p>`
    : html`<p class="error" role="alert"><strong>${text('notGenuine')}</strong> ${checked.says[lang]}</p>`;
  if (!checked.genuine) return said;
  if (checked.receipt) return html`${said}${receiptPart(shown, checked, checked.receipt)}`;
  return checked.certificate
    ? html`${said}${certificatePart(shown, checked, checked.certificate)}`
    : said;
}

function receiptPart(shown: ShownCertificates, checked: ShownCheck, receipt: ShownReceipt): Html {
  const text = textsOf('certificatesPage', shown.lang);
  const { joinedAt, waitingSince } = receipt;
  return html`<h2>${text('receipt')}</h2>
<dl>${aboutPart(shown, checked, receipt)}
<dt>${text('joined')}</dt><dd>${date(shown, joinedAt)}</dd>
<dt>${text('waiting')}</dt><dd>${waitingSince === undefined ? text('unverified') : date(shown, waitingSince)}</dd>
</dl>`;
}

function certificatePart(
  shown: ShownCertificates,
  checked: ShownCheck,
  claims: ShownCertificate,
): Html {
  const text = textsOf('certificatesPage', shown.lang);
  const { draws = 0, weeks = 0 } = checked.attempts ?? {};
  return html`<h2>${text('certificate')}</h2>
<p>${text('attempts', { draws, weeks })}</p>
<dl>${aboutPart(shown, checked, claims)}</dl>
<ol>${claims.draws.map((draw) => drawPart(shown, checked, draw))}</ol>`;
}

function aboutPart(
  shown: ShownCertificates,
  { issuedAt }: ShownCheck,
  { prefecture, requestType, entry, party }: ShownPaper,
): Html {
  const { lang, about } = shown;
  const text = textsOf('certificatesPage', lang);
  const type = about?.requestTypes.find(({ id }) => id === requestType);
  return html`
<dt>${text('prefecture')}</dt><dd>${about ? labelOf(about.settings.labels, lang) : prefecture}</dd>
<dt>${text('requestType')}</dt><dd>${type ? labelOf(type.labels, lang) : requestType}</dd>
<dt>${text('entry')}</dt><dd><code>${entry}</code></dd>${
    party === undefined
      ? ''
      : html`
<dt>${text('people')}</dt><dd>${String(party)}</dd>`
  }
<dt>${text('issued')}</dt><dd>${issuedAt === null ? '' : date(shown, issuedAt)}</dd>`;
}

function drawPart(shown: ShownCertificates, checked: ShownCheck, draw: MissedDraw): Html {
  const text = textsOf('certificatesPage', shown.lang);
  const now = checked.draws?.find((one) => one.draw === draw.draw);
  const remarks = [
    ...(draw.void === true || now?.state === 'void' ? [text('void')] : []),
    ...(draw.open === true ? [text('open')] : []),
    ...(draw.strength === 'weaker' ? [text('weaker')] : []),
  ];
  const line = htmlText({ draw: html`<code>${draw.draw}</code>` }, (marks) =>
    text('standing', { ...marks, ...placeOf(draw), date: date(shown, draw.frozenAt) }),
  );
  return html`<li>${line}${remarks.length > 0 ? html` ${remarks.join(' ')}` : ''}</li>`;
}

/** What the line of a draw tells as it is. */
function placeOf({ week, rank, entries, waiting, places }: MissedDraw) {
  return { week, rank, entries, waiting, places };
}

/** The address with the document that was handed in by it. */
function withPaper(address: string, jws: string | undefined): string {
  if (jws === undefined) return address;
  const query = new URLSearchParams({ jws }).toString();
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

function date({ lang, about }: ShownCertificates, instant: string): string {
  const zone = about?.settings.timeZone ?? 'UTC';
  const { when } = written(lang, zone, Date.parse(instant));
  return about ? when : `${when} UTC`;
}
