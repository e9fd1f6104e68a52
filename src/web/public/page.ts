import type { Language } from '../../base/languages.ts';
import type { DrawRecord, RequestTypeStatistics } from '../../domain/draws/draw.ts';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { RegisterCounts } from '../../domain/register/leaf.ts';
import { labelOf } from '../../domain/values.ts';
import type { SignedHead } from '../../store/register/store.ts';
import { absenceRuleText } from '../../texts/absence-rule.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html } from '../kit/html.ts';
import { sheet } from '../kit/layout.ts';
import { publicTexts } from './texts.ts';

const written = createDateWriter();

/** What everyone is shown of a prefecture. */
export interface ShownPrefecture {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly nextDrawAtMs: number | undefined;
  readonly types: readonly ShownType[];
  readonly draws: readonly ShownDraw[];
  /** The newest signed head of the register, once there is one. */
  readonly head: SignedHead | undefined;
  /** What the leaves under that head tell. */
  readonly counts: RegisterCounts | undefined;
}

interface ShownType {
  readonly label: string;
  readonly waiting: number;
  readonly last: (RequestTypeStatistics & { readonly chance: number | null }) | undefined;
}

interface ShownDraw {
  readonly draw: DrawRecord;
  readonly strength: 'public_beacon' | 'weaker';
  /** What is to be known of its entropy: which source is weaker. */
  readonly note: string;
  /** What it means that it is void, if it is. */
  readonly voidNote: string | undefined;
}

/** The waitlist and its draws, for everyone. Pure. */
export function publicPage(shown: ShownPrefecture): string {
  const { prefecture, lang, nextDrawAtMs } = shown;
  const text = publicTexts[lang];
  const address = prefecturePageUrl('', prefecture.id);
  const rule = absenceRuleText(lang, prefecture.settings);
  // Each draw names its source; each source is explained once.
  const notes = [...new Map(shown.draws.map((one) => [one.strength, one])).values()];
  return sheet({
    lang,
    title: `${text.title} – ${labelOf(prefecture.settings.labels, lang)}`,
    indexed: true,
    otherHref: lang === 'fr' ? `${address}?lang=en` : address,
    body: html`<p class="notice"><strong>${text.free}</strong> ${text.freeMore}</p>
${prefecture.paused ? html`<p class="error">${text.paused}</p>` : ''}
<p><a class="button" href="${joinPageUrl('', prefecture.id)}${lang === 'en' ? '?lang=en' : ''}">${text.join}</a></p>
<p><a href="${lostLinkPageUrl('', prefecture.id)}${lang === 'en' ? '?lang=en' : ''}">${text.lost}</a></p>
<h2>${text.how}</h2>
<ol>${text.steps.map((step) => html`<li>${step}</li>`)}</ol>
${rule === undefined ? '' : html`<p>${rule}</p>`}
<h2>${text.types}</h2>
<p>${text.next} : <strong>${nextDrawAtMs === undefined ? text.noDate : written(lang, prefecture.settings.timeZone, nextDrawAtMs).when}</strong></p>
${shown.types.map((type) => typePart(type, lang))}
<h2>${text.draws}</h2>
${shown.draws.length === 0 ? html`<p>${text.noDraws}</p>` : html`<ul>${shown.draws.map((one) => drawPart(one, shown))}</ul>`}
${notes.map(({ note }) => html`<p>${note}</p>`)}
<h2>${text.check}</h2>
<p>${text.checkTicket}</p>
<p><code>printf %s "SEED:ENTRY:0" | sha256sum</code></p>
<p>${text.checkHere} <a href="/verify">${text.checkPage}</a></p>
<p>${text.checkAll}</p>
<p><code>npm run verify -- record.ndjson</code></p>
${registerPart(shown)}
<h2>${text.contest}</h2>
<p>${text.contestBody}</p>`,
  });
}

function typePart({ label, waiting, last }: ShownType, lang: Language): Html {
  const text = publicTexts[lang];
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(lang);
  const rows = last
    ? html`<dt>${text.lastWaiting}</dt><dd>${number.format(last.waiting)}</dd>
<dt>${text.lastPlaces}</dt><dd>${number.format(last.places)}</dd>
<dt>${text.lastDrawn}</dt><dd>${number.format(last.drawn)}</dd>
<dt>${text.lastChance}</dt><dd>${last.chance === null ? '–' : percent.format(last.chance)}</dd>
<dt>${text.lastWait}</dt><dd>${last.medianWaitDraws === null ? '–' : number.format(last.medianWaitDraws)}</dd>`
    : '';
  return html`<h3>${label}</h3>
<dl><dt>${text.waiting}</dt><dd>${number.format(waiting)}</dd>
${rows}</dl>`;
}

function drawPart(shown: ShownDraw, { prefecture, lang }: ShownPrefecture): Html {
  const { draw, strength, voidNote } = shown;
  const text = publicTexts[lang];
  const root = `/v1/prefectures/${prefecture.id}/draws/${draw.id}`;
  const at = written(lang, prefecture.settings.timeZone, draw.atMs).when;
  return html`<li>${at} (<code>${draw.id}</code>) : ${text.states[draw.state]}${draw.voided ? html` (${draw.voided.reason})` : ''} – ${text.entropy} : ${text.strengths[strength]}
${draw.replaces === undefined ? '' : html`– ${text.replaces} <code>${draw.replaces}</code>`}
${draw.repeatedBy === undefined ? '' : html`– ${text.repeatedBy} <code>${draw.repeatedBy}</code>`}
${draw.manifest ? html`– <a href="${root}/manifest">${text.manifest} ${draw.id}</a>` : ''}
${draw.outcomeHash === undefined ? '' : html`– <a href="${root}/record">${text.record} ${draw.id}</a> – <a href="/verify#${root}/record">${text.verify} ${draw.id}</a>`}
${voidNote === undefined ? '' : html`<br>${voidNote}`}</li>`;
}

/** What a register counts that people ask about first. */
const countRows = ['scheduled', 'drawn', 'weaker', 'void', 'repeated', 'ruleChanges'] as const;

/** Where the register is, and its newest head: whoever notes it down can hold us to it. */
function registerPart({ prefecture, lang, head, counts }: ShownPrefecture): Html {
  const text = publicTexts[lang];
  const root = `/v1/prefectures/${prefecture.id}/register`;
  const number = new Intl.NumberFormat(lang);
  const shown = head
    ? html`<dl><dt>${text.registerSize}</dt><dd>${number.format(head.size)}</dd>
<dt>${text.registerTime}</dt><dd>${written(lang, prefecture.settings.timeZone, head.signedAtMs).when}</dd>
<dt>${text.registerRoot}</dt><dd><code>${head.root}</code></dd>
${counts ? countRows.map((name) => html`<dt>${text[name]}</dt><dd>${number.format(counts[name])}</dd>`) : ''}</dl>
<p><a href="${root}/checkpoint">${text.registerHead}</a> – <a href="${root}/entries">${text.registerLeaves}</a> – <a href="${root}/counts">${text.registerCounts}</a> – <a href="${root}/keys">${text.registerKeys}</a></p>`
    : html`<p>${text.registerEmpty}</p>`;
  return html`<h2>${text.register}</h2>
<p>${text.registerBody}</p>
${shown}`;
}
