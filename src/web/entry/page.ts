import type { Language } from '../../base/languages.ts';
import { mayAppeal } from '../../domain/absences/rule.ts';
import { isOwed } from '../../domain/entries/amends.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { entryPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Finding } from '../../domain/participation/diagnosis.ts';
import { labelOf } from '../../domain/values.ts';
import { absenceRuleText } from '../../texts/absence-rule.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { fact } from '../kit/fact.ts';
import { type Html, html } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';
import { sheet } from '../kit/layout.ts';
import { callCodePart, proxyPart, rejectionPart } from './acts.ts';
import { drawsPart, type ShownParticipation } from './draws.ts';
import { actionForm, addressOf, appealForm, cancelForm, codeForm, type Place } from './forms.ts';
import { mandatePart, type ShownMandate } from './mandate.ts';
import { papersPart } from './papers.ts';
import { partyPart } from './party.ts';

/** Why what was asked for on the page was not done. */
export type PageError =
  | 'token'
  | 'code_wrong'
  | 'code_expired'
  | 'too_many'
  | 'settled'
  | 'final'
  | 'no_certificate'
  | 'frozen'
  | 'member'
  | 'member_alone'
  | 'member_taken'
  | 'party_changed'
  | 'party_full'
  | 'unknown';

const written = createDateWriter();

/** What the holder of the token is shown. */
export interface ShownEntry extends Place {
  readonly nowMs: number;
  readonly token: string;
  readonly entry: EntryRecord;
  readonly offer: OfferRecord | undefined;
  readonly offerId: string | undefined;
  readonly deadlineMs: number | undefined;
  readonly waiting: number;
  readonly nextDrawAtMs: number | undefined;
  /** Draws that are still sat out. */
  readonly drawsLeft: number;
  /** Why nothing has happened, and the latest draws. */
  readonly findings: readonly Finding[];
  readonly participations: readonly ShownParticipation[];
  /** Of those: draws and weeks in vain, which a certificate can prove. */
  readonly attempts: { readonly draws: number; readonly weeks: number };
  /** Who may act for the person, or could. */
  readonly mandate: ShownMandate | undefined;
  /** What its person says on the telephone; undefined where nothing is left to be answered. */
  readonly callCode: string | undefined;
  /** Who comes together, the person first; nobody where each comes alone. */
  readonly names: readonly string[];
  readonly notice?: 'resent' | 'appealed' | 'parted' | 'undone' | 'recalled';
  readonly error?: PageError;
}

/** The page that asks for the token. Tells nothing of the entry, not even whether it exists. Pure. */
export function tokenPage(place: Place, error?: PageError): string {
  const text = textsOf('entryPage', place.lang);
  return entrySheet(
    place,
    html`${errorNote(place.lang, error)}
<form method="post" action="${addressOf(place)}">
<label for="token">${text('token')}</label>
<p class="hint" id="token-hint">${text('token.hint')}</p>
<input id="token" name="token" type="password" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="200" required aria-describedby="token-hint${error ? ' error' : ''}"${error ? html` aria-invalid="true"` : ''}>
<button type="submit" name="action" value="show">${text('open')}</button>
</form>`,
  );
}

/** The entry in words, with a button for all that can be done. Pure. */
export function statePage(shown: ShownEntry): string {
  const { lang, entry, error, notice, prefecture } = shown;
  const text = textsOf('entryPage', lang);
  const type = prefecture.requestTypes.find(({ id }) => id === entry.requestType);
  const next = shown.nextDrawAtMs;
  const draw =
    next === undefined ? text('noDraw') : written(lang, prefecture.settings.timeZone, next).when;
  return entrySheet(
    shown,
    html`${errorNote(lang, error)}
<p class="notice" role="status">${stateText(shown)}${notice ? ` ${text(`notice.${notice}`)}` : ''}</p>
${rejectionPart(shown)}${proxyPart(shown)}${offerPart(shown)}
${absencePart(shown)}
${entry.state === 'waiting' && isOwed(entry) ? html`<p class="notice"><strong>${text('owed')}</strong> ${text('owed.more')}</p>` : ''}
${entry.state === 'unverified' ? codeForm(shown) : ''}
<dl>
<dt>${text('requestType')}</dt><dd>${type ? labelOf(type.labels, lang) : entry.requestType}</dd>
<dt>${text('missed')}</dt><dd>${String(entry.missed)}</dd>
<dt>${text('waiting')}</dt><dd>${String(shown.waiting)}</dd>
<dt>${text('nextDraw')}</dt><dd>${draw}</dd>
</dl>
${partyPart(shown)}${drawsPart(shown)}
${mandatePart(shown)}
${callCodePart(shown)}
${papersPart(shown)}
${isLiveEntry(entry.state) ? actionForm(shown, 'withdraw', text('withdraw'), true) : ''}`,
  );
}

/** Asks once more before what cannot be taken back. Pure. */
export function confirmPage(
  shown: Place & { readonly token: string; readonly offerId: string | undefined },
  action: 'cancel' | 'withdraw' | 'end_mandate',
): string {
  const text = textsOf('entryPage', shown.lang);
  const button = text(`confirm.${action}.button`);
  return entrySheet(
    shown,
    html`<p class="notice">${text(`confirm.${action}.question`)}</p>
${shown.offerId === undefined ? '' : rulePart(shown)}
${action === 'cancel' ? cancelForm(shown, button) : actionForm(shown, `${action}_confirmed`, button)}
${actionForm(shown, 'show', text('back'), true)}`,
  );
}

/** A page about one entry, with its number and the way to the public page. Pure. */
export function entrySheet(place: Place, body: Html): string {
  const { prefecture, entryId, lang } = place;
  const text = textsOf('entryPage', lang);
  const name = labelOf(prefecture.settings.labels, lang);
  const address = entryPageUrl('', prefecture.id, entryId);
  return sheet({
    lang,
    title: `${text('title')} – ${name}`,
    indexed: false,
    hrefIn: (language) => inLanguage(address, language),
    body: html`<p>${fact(lang, text('number'), html`<code>${entryId}</code>`)}</p>
${body}
<p><a href="${inLanguage(prefecturePageUrl('', prefecture.id), lang)}">${text('publicLink')}</a></p>`,
  });
}

function offerPart(shown: ShownEntry): Html {
  const { prefecture, lang, offer, entry, deadlineMs } = shown;
  if (!offer) return html``;
  const text = textsOf('entryPage', lang);
  const { timeZone } = prefecture.settings;
  const site = prefecture.sites.find(({ id }) => id === offer.site);
  const start = written(lang, timeZone, Date.parse(offer.slotStart)).when;
  const before = deadlineMs === undefined ? '' : written(lang, timeZone, deadlineMs).when;
  return html`<dl>
<dt>${text('when')}</dt><dd>${start}</dd>
<dt>${text('where')}</dt><dd>${site ? `${labelOf(site.labels, lang)}, ${labelOf(site.address, lang)}` : offer.site}</dd>
${entry.state === 'offered' ? html`<dt>${text('before')}</dt><dd>${before}</dd>` : ''}
</dl>
${entry.state === 'offered' ? html`${actionForm(shown, 'accept', text('accept'))}${actionForm(shown, 'decline', text('decline'), true)}` : ''}
${entry.state === 'booked' ? html`${rulePart(shown)}${actionForm(shown, 'cancel', text('cancel'), true)}` : ''}`;
}

function stateText({ lang, entry, drawsLeft }: ShownEntry): string {
  const text = textsOf('entryPage', lang);
  return entry.state === 'waiting' && drawsLeft > 0
    ? text('state.sitsOut')
    : text(`state.${entry.state}`);
}

/** What an absence would cost, for who has an appointment. */
function rulePart({ prefecture, lang }: Pick<Place, 'prefecture' | 'lang'>): Html {
  const rule = absenceRuleText(lang, prefecture.settings);
  return rule === undefined ? html`` : html`<p>${rule}</p>`;
}

/** An appointment missed or given up late: what it costs, and how to say why. */
function absencePart(shown: ShownEntry): Html {
  const { lang, entry, drawsLeft } = shown;
  const { absence } = entry;
  if (!absence) return html``;
  const text = textsOf('entryPage', lang);
  const costs =
    drawsLeft > 0
      ? html`<p>${fact(lang, text('absence.drawsLeft'), html`<strong>${String(drawsLeft)}</strong>`)}</p>`
      : '';
  return html`<h2>${text(`absence.cause.${absence.cause}`)}</h2>
${costs}
<p>${text(`absence.state.${absence.state}`)}</p>
${mayAppeal(absence.state) ? appealForm(shown) : ''}`;
}

function errorNote(lang: Language, error: PageError | undefined): Html {
  return error === undefined
    ? html``
    : html`<p class="error" id="error" role="alert">${textsOf('entryPage', lang)(`error.${error}`)}</p>`;
}
