import type { Language } from '../../base/languages.ts';
import { REVOCATION_CAUSES } from '../../domain/closures/closure.ts';
import type { DrawRecord, RequestTypeStatistics } from '../../domain/draws/draw.ts';
import { ownReason } from '../../domain/draws/own-reasons.ts';
import type { Strength } from '../../domain/draws/strength.ts';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { CountsByCause, RegisterCounts } from '../../domain/register/leaf.ts';
import { labelOf } from '../../domain/values.ts';
import { absenceRuleText } from '../../texts/absence-rule.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { writeNumber, writePercent } from '../../texts/numbers.ts';
import { fact } from '../kit/fact.ts';
import { type Html, html, htmlText } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';
import { sheet } from '../kit/layout.ts';

const written = createDateWriter();

/** What everyone is shown of a prefecture. */
export interface ShownPrefecture {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly nextDrawAtMs: number | undefined;
  readonly types: readonly ShownType[];
  readonly draws: readonly ShownDraw[];
  /** The newest signed head of the register, once there is one. */
  readonly head: ShownHead | undefined;
  /** What the leaves under that head tell. */
  readonly counts: RegisterCounts | undefined;
}

interface ShownHead {
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
  readonly signedAtMs: number;
}

interface ShownType {
  readonly label: string;
  /** Most people who come together: 1 where each comes alone. */
  readonly partyMax: number;
  /** What they come together for, in words. */
  readonly partyNote: string | undefined;
  readonly waiting: number;
  readonly nextDrawAtMs: number | undefined;
  readonly last: (RequestTypeStatistics & { readonly chance: number | null }) | undefined;
}

interface ShownDraw {
  readonly draw: DrawRecord;
  readonly strength: Strength;
  /** What is to be known of its entropy: which source is weaker. */
  readonly note: string;
  /** Labels of the request types that it is for; undefined: all. */
  readonly forTypes?: readonly string[] | undefined;
  /** Whether it ought to have a result by now. */
  readonly isOverdue?: boolean;
  /** What it means that it is void, or was not held, if so. */
  readonly voidNote: string | undefined;
}

/** The waitlist and its draws, for everyone. Pure. */
export function publicPage(shown: ShownPrefecture): string {
  const { prefecture, lang, nextDrawAtMs } = shown;
  const text = textsOf('publicPage', lang);
  const address = prefecturePageUrl('', prefecture.id);
  const rule = absenceRuleText(lang, prefecture.settings);
  const { timeZone } = prefecture.settings;
  const next =
    nextDrawAtMs === undefined ? text('next.none') : written(lang, timeZone, nextDrawAtMs).when;
  // Each draw names its source; each source is explained once.
  const notes = [...new Map(shown.draws.map((one) => [one.strength, one])).values()];
  return sheet({
    lang,
    title: `${text('title')} – ${labelOf(prefecture.settings.labels, lang)}`,
    indexed: true,
    hrefIn: (language) => inLanguage(address, language),
    body: html`<p class="notice"><strong>${text('free')}</strong> ${text('free.more')}</p>
${prefecture.paused ? html`<p class="error">${text('paused')}</p>` : ''}
<p><a class="button" href="${inLanguage(joinPageUrl('', prefecture.id), lang)}">${text('join')}</a></p>
<p><a href="${inLanguage(lostLinkPageUrl('', prefecture.id), lang)}">${text('lost')}</a></p>
<h2>${text('how')}</h2>
<ol>${text.list('how.steps').map((step) => html`<li>${step}</li>`)}</ol>
${rule === undefined ? '' : html`<p>${rule}</p>`}
<h2>${text('types')}</h2>
<p>${fact(lang, text('next'), html`<strong>${next}</strong>`)}</p>
${shown.types.map((type) => typePart(type, shown))}
<h2>${text('draws')}</h2>
${shown.draws.length === 0 ? html`<p>${text('draws.none')}</p>` : html`<ul>${shown.draws.map((one) => drawPart(one, shown))}</ul>`}
${notes.map(({ note }) => html`<p>${note}</p>`)}
<h2>${text('check')}</h2>
<p>${text('check.ticket')}</p>
<p><code>printf %s "SEED:ENTRY:0" | sha256sum</code></p>
<p>${text('check.here')} <a href="/verify">${text('check.page')}</a></p>
<p>${text('check.all')}</p>
<p><code>npm run verify -- record.ndjson</code></p>
${registerPart(shown)}
<h2>${text('contest')}</h2>
<p>${text('contest.body')}</p>`,
  });
}

function typePart(type: ShownType, of: ShownPrefecture): Html {
  const { label, waiting, nextDrawAtMs, last } = type;
  const { lang, prefecture } = of;
  const text = textsOf('publicPage', lang);
  // Only where the next draw of all is not one for this type.
  const when =
    nextDrawAtMs === undefined
      ? text('next.none')
      : written(lang, prefecture.settings.timeZone, nextDrawAtMs).when;
  const next =
    nextDrawAtMs === of.nextDrawAtMs ? '' : html`<dt>${text('next')}</dt><dd>${when}</dd>\n`;
  const number = (value: number) => writeNumber(lang, value);
  const rows = last
    ? html`<dt>${text('last.waiting')}</dt><dd>${number(last.waiting)}</dd>
<dt>${text('last.places')}</dt><dd>${number(last.places)}</dd>
<dt>${text('last.drawn')}</dt><dd>${number(last.drawn)}</dd>
<dt>${text('last.chance')}</dt><dd>${last.chance === null ? '–' : writePercent(lang, last.chance, 1)}</dd>
<dt>${text('last.wait')}</dt><dd>${last.medianWaitDraws === null ? '–' : number(last.medianWaitDraws)}</dd>`
    : '';
  return html`<h3>${label}</h3>
${partyLine(type, lang)}<dl>${next}<dt>${text('waiting')}</dt><dd>${number(waiting)}</dd>
${rows}</dl>`;
}

function partyLine({ partyMax, partyNote = '' }: ShownType, lang: Language): Html {
  if (partyMax === 1) return html``;
  const most = textsOf('publicPage', lang)('party', { most: partyMax });
  return html`<p>${most} ${partyNote}</p>
`;
}

function drawPart(shown: ShownDraw, { prefecture, lang }: ShownPrefecture): Html {
  const { draw, forTypes, isOverdue, voidNote } = shown;
  const text = textsOf('publicPage', lang);
  const root = `/v1/prefectures/${prefecture.id}/draws/${draw.id}`;
  const other = (key: 'replaces' | 'repeatedBy' | 'afterVoid', id: string | undefined) =>
    id === undefined
      ? html``
      : html`– ${htmlText({ draw: html`<code>${id}</code>` }, (marks) => text(key, marks))}`;
  const late = isOverdue ? html` – <strong>${text('overdue')}</strong>` : '';
  return html`<li>${drawLine(shown, prefecture, lang)}${late}
${forTypes ? html`– ${text('draws.types', { types: forTypes.join(', ') })}\n` : ''}${other('replaces', draw.replaces)}
${other('repeatedBy', draw.repeatedBy)}${(draw.afterVoid ?? []).map((id) => other('afterVoid', id))}
${draw.manifest ? html`– <a href="${root}/manifest">${text('manifest', { draw: draw.id })}</a>` : ''}
${draw.outcomeHash === undefined ? '' : html`– <a href="${root}/record">${text('record', { draw: draw.id })}</a> – <a href="/verify#${root}/record">${text('verify', { draw: draw.id })}</a>`}
${voidNote === undefined ? '' : html`<br>${voidNote}`}</li>`;
}

/** When it was or will be, what became of it, and where its randomness is from. */
function drawLine({ draw, strength }: ShownDraw, prefecture: Prefecture, lang: Language): Html {
  const text = textsOf('publicPage', lang);
  const when = written(lang, prefecture.settings.timeZone, draw.atMs).when;
  return htmlText({ draw: html`<code>${draw.id}</code>` }, (marks) => {
    const state = text(`state.${draw.state}`);
    const told = { ...marks, when, state, strength: text(`strength.${strength}`) };
    if (draw.skipped) {
      return text('draws.void', { ...told, reason: text(`skipped.${draw.skipped.reason}`) });
    }
    const given = draw.voided ?? draw.superseded;
    if (!given) return text('draws.line', told);
    const own = ownReason(given.reason);
    const reason = own === undefined ? given.reason : text(`void.${own}`);
    return text('draws.void', { ...told, reason });
  });
}

/** What a register counts that people ask about first. */
const countRows = [
  ...(['scheduled', 'drawn', 'weaker', 'void', 'superseded', 'skipped'] as const),
  ...(['repeated', 'afterVoid', 'ruleChanges'] as const),
] as const;

/** How often something was taken back, by cause. */
function causeRows(
  counts: CountsByCause,
  key: 'register.closed' | 'register.revoked',
  lang: Language,
): Html {
  const text = textsOf('publicPage', lang);
  const known = REVOCATION_CAUSES.filter((cause) => (counts[cause] ?? 0) > 0);
  return html`${known.map((cause) => html`<dt>${text(key, { cause })}</dt><dd>${writeNumber(lang, counts[cause] ?? 0)}</dd>`)}`;
}

/** Where the register is, and its newest head: whoever notes it down can hold us to it. */
function registerPart({ prefecture, lang, head, counts }: ShownPrefecture): Html {
  const text = textsOf('publicPage', lang);
  const root = `/v1/prefectures/${prefecture.id}/register`;
  const number = (value: number) => writeNumber(lang, value);
  const shown = head
    ? html`<dl><dt>${text('register.size')}</dt><dd>${number(head.size)}</dd>
<dt>${text('register.time')}</dt><dd>${written(lang, prefecture.settings.timeZone, head.signedAtMs).when}</dd>
<dt>${text('register.root')}</dt><dd><code>${head.root}</code></dd>
${counts ? countRows.map((name) => html`<dt>${text(`register.${name}`)}</dt><dd>${number(counts[name])}</dd>`) : ''}${counts ? [causeRows(counts.closedSlots, 'register.closed', lang), causeRows(counts.revoked, 'register.revoked', lang)] : ''}</dl>
<p><a href="${root}/checkpoint">${text('register.head')}</a> – <a href="${root}/entries">${text('register.leaves')}</a> – <a href="${root}/counts">${text('register.counts')}</a> – <a href="${root}/keys">${text('register.keys')}</a></p>`
    : html`<p>${text('register.empty')}</p>`;
  return html`<h2>${text('register')}</h2>
<p>${text('register.body')}</p>
${shown}`;
}
