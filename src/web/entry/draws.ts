import type { Language } from '../../base/languages.ts';
import { entryPageUrl } from '../../domain/page-addresses.ts';
import type { Finding } from '../../domain/participation/diagnosis.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Participation } from '../../store/draws/participation.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html } from '../kit/html.ts';
import { type Bilingual, findingTexts, outcomeTexts, refilledText } from './diagnosis-texts.ts';

const written = createDateWriter();

/** What the page of an entry tells of the draws so far. */
export interface ShownDraws {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  /** Why nothing has happened, for who waits. */
  readonly findings: readonly Finding[];
  /** The latest draws that the entry was in, the latest first. */
  readonly participations: readonly Participation[];
}

const texts = {
  why: { fr: 'Où en est mon inscription ?', en: 'Where does my entry stand?' },
  draws: { fr: 'Mes tirages', en: 'My draws' },
  of: { fr: 'Tirage du', en: 'Draw of' },
  weaker: {
    fr: 'hasard : secret de l’opérateur (plus faible qu’une balise publique)',
    en: 'randomness: secret of the operator (weaker than a public beacon)',
  },
  rank: { fr: 'rang', en: 'rank' },
  explain: { fr: 'Expliquer le tirage du', en: 'Explain the draw of' },
} as const satisfies Record<string, Bilingual>;

/** Why nothing has happened, and what each of the latest draws came to. Pure. */
export function drawsPart(shown: ShownDraws): Html {
  const { lang, findings, participations } = shown;
  const why = html`<h2>${texts.why[lang]}</h2>
<ul>${findings.map((finding) => findingLine(finding, shown))}</ul>`;
  const draws = html`<h2>${texts.draws[lang]}</h2>
<ul>${participations.map((one) => drawLine(one, shown))}</ul>`;
  return html`${findings.length === 0 ? '' : why}${participations.length === 0 ? '' : draws}`;
}

function findingLine({ code, draw, atMs }: Finding, { lang, prefecture }: ShownDraws): Html {
  const when = atMs === undefined ? '' : written(lang, prefecture.settings.timeZone, atMs).when;
  const about = draw === undefined ? when : `${texts.of[lang]} ${when}`;
  return html`<li>${about === '' ? '' : html`<strong>${about}</strong> : `}${findingTexts[code][lang]}</li>`;
}

function drawLine({ draw, standing, offer }: Participation, shown: ShownDraws): Html {
  const { lang, prefecture, entryId, token } = shown;
  const when = written(lang, prefecture.settings.timeZone, draw.frozenAtMs ?? draw.atMs).when;
  const later = offer?.via === 'refill' ? ` ${refilledText[lang]}` : '';
  const weaker = draw.entropy.source === 'operator' ? ` – ${texts.weaker[lang]}` : '';
  const text = `${textOf(draw.state, standing)[lang]}${later}${weaker}`;
  if (typeof standing === 'string') return html`<li><strong>${when}</strong> : ${text}</li>`;
  const address = `${entryPageUrl('', prefecture.id, entryId)}${lang === 'en' ? '?lang=en' : ''}`;
  return html`<li><strong>${when}</strong> : ${text} (${texts.rank[lang]} ${String(standing.rank)})
<form method="post" action="${address}">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="draw" value="${draw.id}">
<button type="submit" name="action" value="explain" class="quiet">${texts.explain[lang]} ${when}</button>
</form></li>`;
}

function textOf(
  state: Participation['draw']['state'],
  standing: Participation['standing'],
): Bilingual {
  if (state === 'void') return findingTexts.draw_void;
  if (standing === 'undrawn') return findingTexts.draw_under_way;
  return typeof standing === 'string'
    ? findingTexts.draw_unindexed
    : outcomeTexts[standing.outcome];
}
