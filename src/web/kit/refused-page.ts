import { html } from './html.ts';
import { page } from './layout.ts';

const texts = {
  missing: {
    fr: ['Page introuvable', 'Vérifiez l’adresse, ou ouvrez le lien de votre message.'],
    en: ['Page not found', 'Check the address, or open the link in your message.'],
  },
  busy: {
    fr: [
      'Trop de demandes',
      'Attendez une minute, puis recommencez. Vous ne perdez pas votre tour.',
    ],
    en: ['Too many requests', 'Wait a minute, then try again. You lose nothing by waiting.'],
  },
  other: {
    fr: ['Demande impossible', 'Rien n’a changé. Revenez en arrière et recommencez.'],
    en: ['This is not possible', 'Nothing has changed. Go back and try again.'],
  },
  down: {
    fr: ['Service indisponible', 'Réessayez dans quelques minutes. Vous ne perdez pas votre tour.'],
    en: ['Service not available', 'Try again in some minutes. You lose nothing by waiting.'],
  },
} as const;

/** A refusal in plain words, in both languages, for a page of a given status. Pure. */
export function refusedPage(status: number): string {
  const why =
    status === 404 ? 'missing' : status === 429 ? 'busy' : status >= 500 ? 'down' : 'other';
  return page(
    (['fr', 'en'] as const).map((lang) => {
      const [title, body] = texts[why][lang];
      return { lang, title, body: html`<p>${body}</p>` };
    }),
  );
}
