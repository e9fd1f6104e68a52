import { LANGUAGES, type Language } from '../../base/languages.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import { type Html, html } from '../kit/html.ts';
import { page } from '../kit/layout.ts';

export type AnswerAction = 'accept' | 'decline';

const texts = {
  fr: {
    accept: 'Accepter ce rendez-vous',
    decline: 'Refuser ce rendez-vous',
    acceptIntro: 'Appuyez sur le bouton pour confirmer. Rien n’est encore enregistré.',
    declineIntro:
      'Appuyez sur le bouton pour refuser. Vous restez sur la liste d’attente, et la place est proposée à la personne suivante.',
    accepted: 'Votre rendez-vous est confirmé',
    acceptedBody:
      'Un message de confirmation vous est envoyé. Venez avec le document que vous avez déclaré.',
    declined: 'Votre refus est enregistré',
    declinedBody: 'Vous restez sur la liste d’attente.',
    over: 'Cette proposition n’est plus ouverte',
    overBody: 'Le délai est passé, une réponse a déjà été donnée, ou le rendez-vous n’existe plus.',
    linkOver: 'Ce lien n’est plus valable',
    linkOverBody: 'Utilisez le lien du dernier message reçu.',
    bad: 'Ce lien n’est pas valable',
    badBody: 'Ouvrez-le tel qu’il se trouve dans votre message.',
    when: 'Date et heure',
    where: 'Lieu',
    before: 'Répondre avant',
  },
  en: {
    accept: 'Accept this appointment',
    decline: 'Decline this appointment',
    acceptIntro: 'Press the button to confirm. Nothing is recorded yet.',
    declineIntro:
      'Press the button to decline. You stay on the waitlist, and the place is offered to the next person.',
    accepted: 'Your appointment is confirmed',
    acceptedBody:
      'A message of confirmation is on its way. Bring the document that you gave when joining.',
    declined: 'Your answer is recorded: declined',
    declinedBody: 'You stay on the waitlist.',
    over: 'This offer is no longer open',
    overBody:
      'The time to answer is over, an answer was given already, or the appointment exists no more.',
    linkOver: 'This link is no longer valid',
    linkOverBody: 'Use the link in the latest message that you received.',
    bad: 'This link is not valid',
    badBody: 'Open it exactly as it stands in your message.',
    when: 'Date and time',
    where: 'Place',
    before: 'Answer before',
  },
} as const;

const languages = ['fr', 'en'] as const;

interface OfferPage {
  readonly prefecture: Prefecture;
  readonly offer: OfferRecord;
  readonly deadlineMs: number;
}

/** The page with the button that gives the answer, by POST to the address it was shown at. Pure. */
export function questionPage(shown: OfferPage, action: AnswerAction): string {
  return page(
    languages.map((lang) => {
      const text = texts[lang];
      const body = html`<p>${text[`${action}Intro`]}</p>
${appointment(shown, lang, true)}
<form method="post"><button type="submit">${text[action]}</button></form>`;
      return { lang, title: text[action], body };
    }),
  );
}

/** The page after the answer. Pure. */
export function resultPage(shown: OfferPage): string {
  const { state, appointment: booked } = shown.offer;
  return page(
    languages.map((lang) => {
      const text = texts[lang];
      // A link outlives what came of it: nobody shall come to a desk for nothing.
      if (state === 'accepted' && booked === 'booked') {
        const body = html`<p>${text.acceptedBody}</p>${appointment(shown, lang, false)}`;
        return { lang, title: text.accepted, body };
      }
      if (state === 'declined') {
        return { lang, title: text.declined, body: html`<p>${text.declinedBody}</p>` };
      }
      return { lang, title: text.over, body: html`<p>${text.overBody}</p>` };
    }),
  );
}

/** Why a link does nothing: the offer is over, the link is, or it never was one. Pure. */
export function refusalPage(why: 'over' | 'linkOver' | 'bad'): string {
  return page(
    languages.map((lang) => ({
      lang,
      title: texts[lang][why],
      body: html`<p>${texts[lang][`${why}Body`]}</p>`,
    })),
  );
}

/** When and where, in the local time of the desk. No motive: others may look at the screen. */
function appointment(
  { prefecture, offer, deadlineMs }: OfferPage,
  lang: Language,
  open: boolean,
): Html {
  const text = texts[lang];
  const site = prefecture.sites.find(({ id }) => id === offer.site);
  const where = site ? `${labelOf(site.labels, lang)}, ${labelOf(site.address, lang)}` : offer.site;
  const { timeZone } = prefecture.settings;
  const before = html`<dt>${text.before}</dt><dd>${written(deadlineMs, timeZone, lang)}</dd>`;
  return html`<dl>
<dt>${text.when}</dt><dd>${written(Date.parse(offer.slotStart), timeZone, lang)}</dd>
<dt>${text.where}</dt><dd>${where}</dd>
${open ? before : html``}
</dl>`;
}

function written(atMs: number, timeZone: string, lang: Language): string {
  return new Intl.DateTimeFormat(LANGUAGES[lang].locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(atMs);
}
