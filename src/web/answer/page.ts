import { type Language, languages } from '../../base/languages.ts';
import { peopleOf } from '../../domain/entries/party.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { OfferAnswer } from '../../domain/offers/state.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html } from '../kit/html.ts';
import { page } from '../kit/layout.ts';

const written = createDateWriter();

export type AnswerAction = OfferAnswer;

interface OfferPage {
  readonly prefecture: Prefecture;
  readonly offer: OfferRecord;
  readonly deadlineMs: number;
}

/** The page with the button that gives the answer, by POST to the address it was shown at. Pure. */
export function questionPage(shown: OfferPage, action: AnswerAction): string {
  return page(
    languages.map((lang) => {
      const text = textsOf('answerPage', lang);
      const body = html`<p>${text(`${action}.intro`)}</p>
${appointment(shown, lang, true)}
<form method="post"><button type="submit">${text(action)}</button></form>`;
      return { lang, title: text(action), body };
    }),
  );
}

/** The page after the answer. Pure. */
export function resultPage(shown: OfferPage): string {
  const { state, appointment: booked } = shown.offer;
  return page(
    languages.map((lang) => {
      const text = textsOf('answerPage', lang);
      // A link outlives what came of it: nobody shall come to a desk for nothing.
      if (state === 'accepted' && booked === 'booked') {
        const body = html`<p>${text('accepted.body', { people: peopleOf(shown.offer) })}</p>${appointment(shown, lang, false)}`;
        return { lang, title: text('accepted'), body };
      }
      if (state === 'declined') {
        return { lang, title: text('declined'), body: html`<p>${text('declined.body')}</p>` };
      }
      return { lang, title: text('over'), body: html`<p>${text('over.body')}</p>` };
    }),
  );
}

/** Why a link does nothing: the offer is over, the link is, or it never was one. Pure. */
export function refusalPage(why: 'over' | 'linkOver' | 'bad'): string {
  return page(
    languages.map((lang) => {
      const text = textsOf('answerPage', lang);
      return { lang, title: text(why), body: html`<p>${text(`${why}.body`)}</p>` };
    }),
  );
}

/** When and where, in the local time of the desk. No motive: others may look at the screen. */
function appointment(
  { prefecture, offer, deadlineMs }: OfferPage,
  lang: Language,
  open: boolean,
): Html {
  const text = textsOf('answerPage', lang);
  const site = prefecture.sites.find(({ id }) => id === offer.site);
  const where = site ? `${labelOf(site.labels, lang)}, ${labelOf(site.address, lang)}` : offer.site;
  const { timeZone } = prefecture.settings;
  const before = html`<dt>${text('before')}</dt><dd>${written(lang, timeZone, deadlineMs).when}</dd>`;
  const people = peopleOf(offer);
  const together = text(open ? 'people.together' : 'people.booked', { people });
  return html`<dl>
<dt>${text('when')}</dt><dd>${written(lang, timeZone, Date.parse(offer.slotStart)).when}</dd>
<dt>${text('where')}</dt><dd>${where}</dd>
${people === 1 ? '' : html`<dt>${text('people')}</dt><dd>${together}</dd>\n`}${open ? before : html``}
</dl>`;
}
