import type { Language } from '../../base/languages.ts';
import { certificatesPageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import type { Certificate, MissedDraw, Receipt } from '../../papers/claims.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html } from '../kit/html.ts';
import { sheet } from '../kit/layout.ts';
import { certificatesTexts } from './texts.ts';

const written = createDateWriter();

/** What was found of a paper. */
export interface ShownCheck {
  readonly genuine: boolean;
  readonly says: { readonly fr: string; readonly en: string };
  readonly issuedAt: string | null;
  readonly certificate: Certificate | null;
  readonly receipt: Receipt | null;
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
  const text = certificatesTexts[lang];
  const address = certificatesPageUrl('');
  const query = new URLSearchParams({
    ...(lang === 'fr' ? { lang: 'en' } : {}),
    ...(jws === undefined ? {} : { jws }),
  }).toString();
  return sheet({
    lang,
    title: text.title,
    indexed: jws === undefined && checked === undefined,
    otherHref: query === '' ? address : `${address}?${query}`,
    body: html`${checked ? resultPart(shown, checked) : html`<p>${text.intro}</p>`}
<form method="post" enctype="multipart/form-data" action="${address}${lang === 'en' ? '?lang=en' : ''}">
<label for="file">${text.file}</label>
<p class="hint" id="file-hint">${text.fileHint}</p>
<input type="file" id="file" name="file" accept=".pdf,.jws,.jwt,.txt,application/pdf" aria-describedby="file-hint">
<label for="text">${text.text}</label>
<p class="hint" id="text-hint">${text.textHint}</p>
<textarea id="text" name="text" rows="4" maxlength="60000" spellcheck="false" autocapitalize="none" aria-describedby="text-hint"></textarea>
<button type="submit">${text.check}</button>
</form>
<h2>${text.proves}</h2>
<p>${text.provesBody}</p>
<p>${text.privacy}</p>
<p>${text.offline} <code>npm run verify -- --certificate FILE --keys KEYS</code> (<a href="/v1/keys">${text.keys}</a>).</p>`,
  });
}

function resultPart(shown: ShownCertificates, checked: ShownCheck): Html {
  const { lang } = shown;
  const text = certificatesTexts[lang];
  const said = checked.genuine
    ? html`<p class="notice" role="status"><strong>${text.genuine}</strong> ${checked.says[lang]}</p>`
    : html`<p class="error" role="alert"><strong>${text.notGenuine}</strong> ${checked.says[lang]}</p>`;
  if (!checked.genuine) return said;
  if (checked.receipt) return html`${said}${receiptPart(shown, checked, checked.receipt)}`;
  return checked.certificate
    ? html`${said}${certificatePart(shown, checked, checked.certificate)}`
    : said;
}

function receiptPart(shown: ShownCertificates, checked: ShownCheck, receipt: Receipt): Html {
  const text = certificatesTexts[shown.lang];
  const { joinedAt, waitingSince } = receipt;
  return html`<h2>${text.receipt}</h2>
<dl>${aboutPart(shown, checked, receipt)}
<dt>${text.joined}</dt><dd>${date(shown, joinedAt)}</dd>
<dt>${text.waiting}</dt><dd>${waitingSince === undefined ? text.unverified : date(shown, waitingSince)}</dd>
</dl>`;
}

function certificatePart(shown: ShownCertificates, checked: ShownCheck, claims: Certificate): Html {
  const text = certificatesTexts[shown.lang];
  const { draws = 0, weeks = 0 } = checked.attempts ?? {};
  return html`<h2>${text.certificate}</h2>
<p>${text.attempts(draws, weeks)}</p>
<dl>${aboutPart(shown, checked, claims)}</dl>
<ol>${claims.draws.map((draw) => drawPart(shown, checked, draw))}</ol>`;
}

function aboutPart(
  shown: ShownCertificates,
  { issuedAt }: ShownCheck,
  { prefecture, requestType, entry }: Certificate | Receipt,
): Html {
  const { lang, about } = shown;
  const text = certificatesTexts[lang];
  const type = about?.requestTypes.find(({ id }) => id === requestType);
  return html`
<dt>${text.prefecture}</dt><dd>${about ? labelOf(about.settings.labels, lang) : prefecture}</dd>
<dt>${text.requestType}</dt><dd>${type ? labelOf(type.labels, lang) : requestType}</dd>
<dt>${text.entry}</dt><dd><code>${entry}</code></dd>
<dt>${text.issued}</dt><dd>${issuedAt === null ? '' : date(shown, issuedAt)}</dd>`;
}

function drawPart(shown: ShownCertificates, checked: ShownCheck, draw: MissedDraw): Html {
  const text = certificatesTexts[shown.lang];
  const now = checked.draws?.find((one) => one.draw === draw.draw);
  const remarks = [
    ...(draw.void === true || now?.state === 'void' ? [text.void] : []),
    ...(draw.open === true ? [text.open] : []),
    ...(draw.strength === 'weaker' ? [text.weaker] : []),
  ];
  return html`<li>${date(shown, draw.frozenAt)}, ${text.week} ${draw.week}, <code>${draw.draw}</code> : ${text.standing(draw)}${remarks.length > 0 ? html` ${remarks.join(' ')}` : ''}</li>`;
}

function date({ lang, about }: ShownCertificates, instant: string): string {
  const zone = about?.settings.timeZone ?? 'UTC';
  const { when } = written(lang, zone, Date.parse(instant));
  return about ? when : `${when} UTC`;
}
