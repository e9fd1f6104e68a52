import type { Language } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { undoEnd } from '../../domain/offers/deferred.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html } from '../kit/html.ts';
import { type Acting, actionForm } from './forms.ts';

// What others did for a person, or to the entry, on the page of the entry.

const written = createDateWriter();

/** Why the office rejected an entry, and how to contest it. Pure. */
export function rejectionPart({
  entry,
  lang,
}: {
  readonly entry: EntryRecord;
  readonly lang: Language;
}): Html {
  if (entry.state !== 'rejected') return html``;
  const text = textsOf('messages', lang);
  return html`<h2>${text('rejected.fact.reason')}</h2>
<p>${text('reason', { reason: entry.rejection ?? 'other' })}</p>
<p>${text('rejected.contest')}</p>
<p>${text('rejected.appeal')}</p>`;
}

/** What somebody answered for the person, and the button that undoes it, while it does. Pure. */
export function proxyPart(
  shown: Acting & { readonly offer: OfferRecord | undefined; readonly nowMs: number },
): Html {
  const answered = shown.offer && answeredFor(shown.offer, shown.prefecture.settings.undoMinutes);
  if (!answered || shown.nowMs >= answered.untilMs) return html``;
  const { lang, prefecture } = shown;
  const text = textsOf('entryPage', lang);
  const { act, by, atMs, untilMs } = answered;
  const at = (ms: number) => written(lang, prefecture.settings.timeZone, ms).when;
  return html`<div class="notice"><p><strong>${text('proxy', { act, by, when: at(atMs) })}</strong></p>
<p>${text(act === 'accept' ? 'proxy.accepted' : 'proxy.deferred', { until: at(untilMs) })}</p>
${actionForm(shown, 'undo', text('undo'))}</div>`;
}

function answeredFor({ deferred, proxy, appointment }: OfferRecord, undoMinutes: number) {
  if (deferred) return { ...deferred, untilMs: deferred.dueAtMs };
  if (!proxy || appointment !== 'booked') return undefined;
  return { ...proxy, act: 'accept' as const, untilMs: undoEnd(proxy, undoMinutes) };
}

/** What its person says on the telephone, or at the desk without a document. Pure. */
export function callCodePart(shown: Acting & { readonly callCode: string | undefined }): Html {
  const { callCode, lang } = shown;
  if (callCode === undefined) return html``;
  const text = textsOf('entryPage', lang);
  return html`<h2>${text('call.title')}</h2>
<p><strong>${callCode}</strong></p>
<p>${text('call.what')}</p>
${actionForm(shown, 'new_call_code', text('call.new'), true)}`;
}
