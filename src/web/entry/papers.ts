import type { Language } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { entryPageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { type Html, html } from '../kit/html.ts';

/** What the page of an entry offers to print. */
export interface ShownPapers {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  readonly entry: Pick<EntryRecord, 'state'>;
  /** Draws and weeks in vain, which a certificate can prove. */
  readonly attempts: { readonly draws: number; readonly weeks: number };
}

const texts = {
  fr: {
    title: 'Documents à imprimer',
    receipt: 'Preuve d’inscription (PDF)',
    intro: (draws: number, weeks: number) =>
      `Vous avez participé ${draws === 1 ? 'à un tirage' : `à ${draws} tirages, ${weeks === 1 ? 'la même semaine' : `au cours de ${weeks} semaines différentes`},`} sans qu’un rendez-vous vous ait été proposé. Vous pouvez en apporter la preuve, devant un juge par exemple.`,
    name: 'Imprimer mon nom sur l’attestation',
    certificate: 'Attestation de participation (PDF)',
  },
  en: {
    title: 'Documents to print',
    receipt: 'Proof of entry (PDF)',
    intro: (draws: number, weeks: number) =>
      `You took part in ${draws === 1 ? 'one draw' : `${draws} draws, in ${weeks === 1 ? 'the same week' : `${weeks} different weeks`},`} and no appointment was offered to you. You can prove it, to a judge for example.`,
    name: 'Print my name on the certificate',
    certificate: 'Certificate of participation (PDF)',
  },
};

/** What the person can take away on paper. Pure. */
export function papersPart(shown: ShownPapers): Html {
  const { lang, attempts, entry } = shown;
  if (entry.state === 'erased') return html``;
  const text = texts[lang];
  return html`<h2>${text.title}</h2>
${paperForm(shown, html`<button type="submit" name="action" value="receipt_paper" class="quiet">${text.receipt}</button>`)}
${
  attempts.draws === 0
    ? ''
    : html`<p>${text.intro(attempts.draws, attempts.weeks)}</p>
${paperForm(
  shown,
  html`<p><label for="named"><input type="checkbox" id="named" name="named" value="true"> ${text.name}</label></p>
<button type="submit" name="action" value="certificate_paper" class="quiet">${text.certificate}</button>`,
)}`
}`;
}

function paperForm({ prefecture, entryId, lang, token }: ShownPapers, body: Html): Html {
  const address = `${entryPageUrl('', prefecture.id, entryId)}${lang === 'en' ? '?lang=en' : ''}`;
  return html`<form method="post" action="${address}">
<input type="hidden" name="token" value="${token}">
${body}
</form>`;
}
