import type { Language } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
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

/** What somebody gave up for the person, and the button that undoes it. Pure. */
export function deferredPart(shown: Acting & { readonly offer: OfferRecord | undefined }): Html {
  const { offer, lang, prefecture } = shown;
  const { deferred } = offer ?? {};
  if (!deferred) return html``;
  const text = textsOf('entryPage', lang);
  const { act, by, atMs, dueAtMs } = deferred;
  const at = (ms: number) => written(lang, prefecture.settings.timeZone, ms).when;
  return html`<div class="notice"><p><strong>${text('deferred', { act, by, when: at(atMs) })}</strong></p>
<p>${text('deferred.due', { until: at(dueAtMs) })}</p>
${actionForm(shown, 'undo', text('undo'))}</div>`;
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
