import type { Language } from '../../base/languages.ts';
import type { HelperCategory } from '../../domain/helpers/mandate.ts';
import { entryPageUrl } from '../../domain/page-addresses.ts';
import { createDateWriter } from '../../texts/dates.ts';
import { type Html, html } from '../kit/html.ts';

/** A helper's mandate, as the person whom it is for is shown it. */
export interface ShownMandate {
  /** How the helper is called. */
  readonly helper: string;
  readonly category: HelperCategory;
  /** Last local day, `YYYY-MM-DD`. */
  readonly until: string;
  readonly isCurrent: boolean;
}

interface Place {
  readonly prefecture: { readonly id: string };
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  readonly mandate: ShownMandate | undefined;
}

const written = createDateWriter();

const texts = {
  fr: {
    title: 'La personne ou l’association qui vous aide',
    categories: {
      association: 'association',
      lawyer: 'avocat',
      social_service: 'service social',
    },
    current: (until: string) =>
      `Vous a inscrit et peut agir pour vous jusqu’au ${until} inclus : voir votre inscription, accepter, refuser ou annuler un rendez-vous, quitter la liste. Vous pouvez y mettre fin.`,
    over: 'Vous a inscrit, et ne peut plus agir pour vous.',
    end: 'Mettre fin à son mandat',
  },
  en: {
    title: 'Who helps you',
    categories: {
      association: 'association',
      lawyer: 'lawyer',
      social_service: 'social service',
    },
    current: (until: string) =>
      `Entered you, and may act for you until ${until} included: see your entry, accept, decline or cancel an appointment, leave the waitlist. You can end this.`,
    over: 'Entered you, and can act for you no more.',
    end: 'End their mandate',
  },
};

/** Asks once more before a mandate ends. */
export const endMandateTexts = {
  fr: {
    question:
      'Mettre fin au mandat ? Cette aide ne verra plus votre inscription et ne pourra plus répondre pour vous. Vous gardez votre place sur la liste. C’est définitif.',
    button: 'Oui, mettre fin au mandat',
  },
  en: {
    question:
      'End the mandate? They will no longer see your entry nor answer for you. You keep your place on the waitlist. This cannot be undone.',
    button: 'Yes, end the mandate',
  },
};

/** Who acts for the person, and how to end that; nothing where nobody does. Pure. */
export function mandatePart({ prefecture, entryId, lang, token, mandate }: Place): Html {
  if (!mandate) return html``;
  const text = texts[lang];
  const { helper, category, until, isCurrent } = mandate;
  // A local day: read and written in one zone, it stays what it is.
  const day = written(lang, 'UTC', Date.parse(`${until}T12:00:00Z`)).day;
  const address = `${entryPageUrl('', prefecture.id, entryId)}${lang === 'en' ? '?lang=en' : ''}`;
  const end = html`<form method="post" action="${address}">
<input type="hidden" name="token" value="${token}">
<button type="submit" name="action" value="end_mandate" class="quiet">${text.end}</button>
</form>`;
  return html`<h2>${text.title}</h2>
<p><strong>${helper}</strong> (${text.categories[category]})</p>
<p>${isCurrent ? text.current(day) : text.over}</p>
${isCurrent ? end : ''}`;
}
