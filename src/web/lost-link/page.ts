import type { Language } from '../../base/languages.ts';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import { joinTexts } from '../join/texts.ts';
import type { FormRefusal } from '../join/values.ts';
import { type ShownWork, scriptPart, workPart } from '../join/work-part.ts';
import { faultList, textPart } from '../kit/form-parts.ts';
import { type Html, html } from '../kit/html.ts';
import { sheet } from '../kit/layout.ts';

/** Where somebody asks for the link, with what was typed. */
export interface ShownLostLink {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly email: string;
  readonly phone: string;
  /** Whether messages go to telephones. */
  readonly hasSms: boolean;
  readonly work: ShownWork;
  readonly refusal?: FormRefusal;
  readonly fault?: { readonly field: 'email' | 'phone'; readonly is: LinkFault };
}

export type LinkFault = 'contact_needed' | 'email_needed' | 'email' | 'phone';

const texts = {
  fr: {
    title: 'Lien perdu',
    body: 'Écrivez ce que vous avez donné à l’inscription pour être joint. Si une inscription confirmée existe, son lien et son secret y sont envoyés, une fois par heure au plus.',
    contact: 'Plus d’accès à ce contact ? Montrez votre document au guichet.',
    send: 'Recevoir le lien',
    sent: 'Si une inscription confirmée existe avec ce contact, un message est en route. Regardez aussi les indésirables (spam).',
    join: 'Pas encore inscrit ?',
    back: 'Le tirage : fonctionnement, résultats, contestation',
  },
  en: {
    title: 'Lost link',
    body: 'Write what you gave to be reached by when joining. If there is a confirmed entry, its link and its secret are sent there, once an hour at most.',
    contact: 'No access to this contact any more? Show your document at the desk.',
    send: 'Receive the link',
    sent: 'If there is a confirmed entry with this contact, a message is on its way. Look at unwanted mail (spam), too.',
    join: 'Not joined yet?',
    back: 'The draw: how it works, results, how to contest',
  },
} as const;

/** Asks for the contact of an entry. Needs no script where no work is asked for. Pure. */
export function lostLinkPage(shown: ShownLostLink): string {
  const { prefecture, lang, work, refusal, fault } = shown;
  const text = texts[lang];
  const { labels, hints, faults, refusals } = joinTexts[lang];
  const said = (field: 'email' | 'phone') =>
    fault?.field === field ? faults[fault.is] : undefined;
  const listed = fault && {
    name: fault.field,
    label: labels[fault.field],
    fault: faults[fault.is],
  };
  return linkSheet(
    shown,
    html`${refusal === undefined ? '' : faultList(refusals[refusal], listed ? [listed] : [])}
<p>${text.body}</p>
${scriptPart(lang, work)}
<form method="post" action="${lostLinkPageUrl('', prefecture.id)}${queryOf(lang)}" id="work-form" data-challenge="/v1/prefectures/${prefecture.id}/challenge?purpose=link">
${textPart({ name: 'email', label: labels.email, hint: hints.email, value: shown.email, type: 'email', fault: said('email'), more: html` autocomplete="email"` })}
${shown.hasSms ? textPart({ name: 'phone', label: labels.phone, hint: hints.phone, value: shown.phone, type: 'tel', fault: said('phone'), more: html` autocomplete="tel"` }) : ''}
${workPart(work)}
<button type="submit">${text.send}</button>
</form>
<p>${text.contact}</p>`,
  );
}

/** The answer, whether there is an entry or not. Pure. */
export function linkSentPage(shown: Pick<ShownLostLink, 'prefecture' | 'lang'>): string {
  const text = texts[shown.lang];
  return linkSheet(
    shown,
    html`<p class="notice" role="status">${text.sent}</p>
<p>${text.contact}</p>`,
  );
}

function linkSheet({ prefecture, lang }: Pick<ShownLostLink, 'prefecture' | 'lang'>, body: Html) {
  const text = texts[lang];
  const address = lostLinkPageUrl('', prefecture.id);
  return sheet({
    lang,
    title: `${text.title} – ${labelOf(prefecture.settings.labels, lang)}`,
    indexed: false,
    otherHref: lang === 'fr' ? `${address}?lang=en` : address,
    body: html`${body}
<p><a href="${joinPageUrl('', prefecture.id)}${queryOf(lang)}">${text.join}</a></p>
<p><a href="${prefecturePageUrl('', prefecture.id)}${queryOf(lang)}">${text.back}</a></p>`,
  });
}

function queryOf(lang: Language): string {
  return lang === 'en' ? '?lang=en' : '';
}
