import type { Language } from '../../base/languages.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { isWeaker } from '../../domain/draws/strength.ts';
import type { OfferWay } from '../../domain/offers/offer.ts';
import type { Finding, FindingCode } from '../../domain/participation/diagnosis.ts';
import type { EntryOutcome } from '../../domain/participation/standings.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { fact } from '../kit/fact.ts';
import { type Html, html } from '../kit/html.ts';
import { addressOf, hidden } from './forms.ts';

const written = createDateWriter();

/** How the entry took part in one draw. */
export interface ShownParticipation {
  readonly draw: Pick<DrawRecord, 'id' | 'state' | 'atMs' | 'frozenAtMs' | 'entropy'>;
  /** Where it stands; or there is no outcome; or it is kept by no index; or it was not in it. */
  readonly standing:
    | { readonly rank: number; readonly outcome: EntryOutcome }
    | 'undrawn'
    | 'unindexed'
    | 'absent';
  /** The offer of this draw that it got. */
  readonly offer: { readonly via: OfferWay } | undefined;
}

/** What the page of an entry tells of the draws so far. */
export interface ShownDraws {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  /** Why nothing has happened, for who waits. */
  readonly findings: readonly Finding[];
  /** The latest draws that the entry was in, the latest first. */
  readonly participations: readonly ShownParticipation[];
}

/** Why nothing has happened, and what each of the latest draws came to. Pure. */
export function drawsPart(shown: ShownDraws): Html {
  const { lang, findings, participations } = shown;
  const text = textsOf('entryPage', lang);
  const why = html`<h2>${text('standing')}</h2>
<ul>${findings.map((finding) => findingLine(finding, shown))}</ul>`;
  const draws = html`<h2>${text('draws')}</h2>
<ul>${participations.map((one) => drawLine(one, shown))}</ul>`;
  return html`${findings.length === 0 ? '' : why}${participations.length === 0 ? '' : draws}`;
}

function findingLine({ code, draw, atMs }: Finding, { lang, prefecture }: ShownDraws): Html {
  const when = atMs === undefined ? '' : written(lang, prefecture.settings.timeZone, atMs).when;
  const about = draw === undefined ? when : textsOf('entryPage', lang)('draws.of', { when });
  const told = textsOf('diagnosis', lang)(code);
  return html`<li>${about === '' ? told : fact(lang, html`<strong>${about}</strong>`, told)}</li>`;
}

function drawLine({ draw, standing, offer }: ShownParticipation, shown: ShownDraws): Html {
  const { lang, prefecture, token } = shown;
  const when = written(lang, prefecture.settings.timeZone, draw.frozenAtMs ?? draw.atMs).when;
  const text = textsOf('entryPage', lang);
  const said = textsOf('diagnosis', lang);
  const later = offer?.via === 'refill' ? ` ${said('refilled')}` : '';
  const found = `${said(findingOf(draw.state, standing))}${later}`;
  const told = isWeaker(draw.entropy) ? text('draws.weaker', { found }) : found;
  const date = html`<strong>${when}</strong>`;
  if (typeof standing === 'string') return html`<li>${fact(lang, date, told)}</li>`;
  return html`<li>${fact(lang, date, text('draws.rank', { found: told, rank: standing.rank }))}
<form method="post" action="${addressOf(shown)}">
${hidden({ token })}<input type="hidden" name="draw" value="${draw.id}">
<button type="submit" name="action" value="explain" class="quiet">${text('draws.explain', { when })}</button>
</form></li>`;
}

/** What a draw came to for the entry, by the name of its text. */
function findingOf(
  state: ShownParticipation['draw']['state'],
  standing: ShownParticipation['standing'],
): EntryOutcome | FindingCode {
  if (state === 'void') return 'draw_void';
  if (standing === 'undrawn') return 'draw_under_way';
  return typeof standing === 'string' ? 'draw_unindexed' : standing.outcome;
}
