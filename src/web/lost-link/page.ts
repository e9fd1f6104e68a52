import type { Language } from '../../base/languages.ts';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import type { FormRefusal } from '../join/values.ts';
import { type ShownWork, scriptPart, workPart } from '../join/work-part.ts';
import { faultList, textPart } from '../kit/form-parts.ts';
import { type Html, html } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';
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

/** Asks for the contact of an entry. Needs no script where no work is asked for. Pure. */
export function lostLinkPage(shown: ShownLostLink): string {
  const { prefecture, lang, work, refusal, fault } = shown;
  const text = textsOf('lostLinkPage', lang);
  const form = textsOf('joinPage', lang);
  const said = (field: 'email' | 'phone') =>
    fault?.field === field ? form(`fault.${fault.is}`) : undefined;
  const listed = fault && {
    name: fault.field,
    label: form(`label.${fault.field}`),
    fault: form(`fault.${fault.is}`),
  };
  return linkSheet(
    shown,
    html`${refusal === undefined ? '' : faultList(lang, form(`refusal.${refusal}`), listed ? [listed] : [])}
<p>${text('body')}</p>
${scriptPart(lang, work)}
<form method="post" action="${inLanguage(lostLinkPageUrl('', prefecture.id), lang)}" id="work-form" data-challenge="/v1/prefectures/${prefecture.id}/challenge?purpose=link">
${textPart({ name: 'email', label: form('label.email'), hint: form('hint.email'), value: shown.email, type: 'email', fault: said('email'), more: html` autocomplete="email"` })}
${shown.hasSms ? textPart({ name: 'phone', label: form('label.phone'), hint: form('hint.phone'), value: shown.phone, type: 'tel', fault: said('phone'), more: html` autocomplete="tel"` }) : ''}
${workPart(work)}
<button type="submit">${text('send')}</button>
</form>
<p>${text('contact')}</p>`,
  );
}

/** The answer, whether there is an entry or not. Pure. */
export function linkSentPage(shown: Pick<ShownLostLink, 'prefecture' | 'lang'>): string {
  const text = textsOf('lostLinkPage', shown.lang);
  return linkSheet(
    shown,
    html`<p class="notice" role="status">${text('sent')}</p>
<p>${text('contact')}</p>`,
  );
}

function linkSheet({ prefecture, lang }: Pick<ShownLostLink, 'prefecture' | 'lang'>, body: Html) {
  const text = textsOf('lostLinkPage', lang);
  const address = lostLinkPageUrl('', prefecture.id);
  return sheet({
    lang,
    title: `${text('title')} – ${labelOf(prefecture.settings.labels, lang)}`,
    indexed: false,
    hrefIn: (language) => inLanguage(address, language),
    body: html`${body}
<p><a href="${inLanguage(joinPageUrl('', prefecture.id), lang)}">${text('join')}</a></p>
<p><a href="${inLanguage(prefecturePageUrl('', prefecture.id), lang)}">${text('back')}</a></p>`,
  });
}
