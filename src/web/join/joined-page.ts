import { entryPageUrl } from '../../domain/page-addresses.ts';
import { codeForm, entrySheet, type Place } from '../entry/page.ts';
import { papersPart } from '../entry/papers.ts';
import { html } from '../kit/html.ts';

const texts = {
  fr: {
    almost:
      'Votre inscription est reçue. Il reste une étape : entrez le code que nous venons d’envoyer.',
    keep: 'Gardez votre secret',
    keepBody:
      'Avec le numéro d’inscription (en haut) et ce secret, vous retrouvez votre inscription et vous répondez aux propositions. Copiez-les, ou faites une capture d’écran. Ne les donnez à personne.',
    secret: 'Votre secret',
    page: 'La page de votre inscription',
    code: 'Entrez le code',
  },
  en: {
    almost: 'Your entry has arrived. One step is left: enter the code that we have just sent.',
    keep: 'Keep your secret',
    keepBody:
      'With the entry number (above) and this secret you find your entry and answer offers. Copy them, or take a screenshot. Give them to nobody.',
    secret: 'Your secret',
    page: 'The page of your entry',
    code: 'Enter the code',
  },
} as const;

/** What is shown to who has just joined: the secret, the code to enter, the receipt. Pure. */
export function joinedPage(joined: Place & { readonly token: string }): string {
  const { prefecture, entryId, lang, token } = joined;
  const text = texts[lang];
  const address = `${entryPageUrl('', prefecture.id, entryId)}${lang === 'en' ? '?lang=en' : ''}`;
  const [entry, attempts] = [{ state: 'unverified' } as const, { draws: 0, weeks: 0 }];
  return entrySheet(
    joined,
    html`<p class="notice" role="status">${text.almost}</p>
<h2>${text.code}</h2>
${codeForm({ ...joined, offerId: undefined })}
<h2>${text.keep}</h2>
<p>${text.keepBody}</p>
<dl><dt>${text.secret}</dt><dd><code>${token}</code></dd></dl>
<p><a href="${address}">${text.page}</a></p>
${papersPart({ ...joined, entry, attempts })}`,
  );
}
