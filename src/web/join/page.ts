import { LANGUAGES, type Language, languages } from '../../base/languages.ts';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture, RequestType } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { weekdayNames } from '../../texts/dates.ts';
import { choicePart, faultList, textPart } from '../kit/form-parts.ts';
import { type Html, html } from '../kit/html.ts';
import { inLanguage } from '../kit/language.ts';
import { sheet } from '../kit/layout.ts';
import { otherFaults, othersPart } from './others-part.ts';
import {
  type FormRefusal,
  JOIN_FIELDS,
  type JoinFaults,
  type JoinValues,
  type TextField,
} from './values.ts';
import { type ShownWork, scriptPart, workPart } from './work-part.ts';

/** The form to join, empty or as it was sent. */
export interface ShownJoin {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly values: JoinValues;
  /** Whether a telephone will do: whether messages are sent to any. */
  readonly hasSms: boolean;
  /** The same for every sending of this form: two taps make one entry. */
  readonly idempotencyKey: string;
  readonly work: ShownWork;
  readonly refusal: FormRefusal | undefined;
  readonly faults: JoinFaults;
}

/** The page on which a person joins. Needs no script where no work is asked for. Pure. */
export function joinPage(shown: ShownJoin): string {
  const { prefecture, lang, idempotencyKey, work, refusal } = shown;
  const text = textsOf('joinPage', lang);
  const address = joinPageUrl('', prefecture.id);
  return sheet({
    lang,
    title: `${text('title')} – ${labelOf(prefecture.settings.labels, lang)}`,
    indexed: false,
    hrefIn: (language) => inLanguage(address, language),
    body: html`${refusal === undefined ? introPart(shown) : refusalPart(shown, refusal)}
${scriptPart(lang, work)}
<form method="post" action="${inLanguage(address, lang)}" id="work-form" data-challenge="/v1/prefectures/${prefecture.id}/challenge?purpose=join${domainPart(shown)}">
<input type="hidden" name="key" value="${idempotencyKey}" autocomplete="off">
${typePart(shown)}
${textOf(shown, 'name', { hint: text('hint.name'), more: html` autocomplete="name" required` })}
${documentPart(shown)}${othersPart(shown)}
${contactPart(shown)}
${availabilityPart(shown)}
<p>${text('data')}</p>
${workPart(work)}
<p class="hint">${text('send.hint')}</p>
<button type="submit">${text('send')}</button>
</form>
<p><a href="${inLanguage(lostLinkPageUrl('', prefecture.id), lang)}">${text('lost')}</a></p>
<p><a href="${inLanguage(prefecturePageUrl('', prefecture.id), lang)}">${text('back')}</a></p>`,
  });
}

/** Known once the form comes back: with some domains more work is asked for. */
function domainPart({ values }: ShownJoin): string {
  const [, domain] = /@([a-z0-9.-]{1,253})$/i.exec(values.text.email.trim()) ?? [];
  return domain === undefined ? '' : `&domain=${domain}`;
}

function introPart({ lang }: ShownJoin): Html {
  return html`<ul class="notice">${textsOf('joinPage', lang)
    .list('intro')
    .map((line) => html`<li>${line}</li>`)}</ul>`;
}

function refusalPart({ lang, faults }: ShownJoin, refusal: FormRefusal): Html {
  const text = textsOf('joinPage', lang);
  const listed = JOIN_FIELDS.flatMap((name) => {
    const fault = faults[name];
    if (fault === undefined) return [];
    return { name, label: text(`label.${name}`), fault: text(`fault.${fault}`) };
  });
  return faultList(lang, text(`refusal.${refusal}`), [...listed, ...otherFaults(lang, faults)]);
}

function typePart({ prefecture, lang, values, faults }: ShownJoin): Html {
  const text = textsOf('joinPage', lang);
  const choices = prefecture.requestTypes.map((type) => {
    const hint = [
      ...(type.agdrefRequired ? [text('hint.agdrefNeeded')] : []),
      ...(type.partyMax > 1
        ? [text('hint.party', { most: type.partyMax }), ...noteOf(type, lang)]
        : []),
      ...(type.sites.length === 1
        ? [text('onlyAt', { sites: namesOf(prefecture, lang, type) })]
        : []),
    ].join(' ');
    return { value: type.id, label: labelOf(type.labels, lang), ...(hint === '' ? {} : { hint }) };
  });
  return choicePart({
    name: 'requestType',
    label: text('label.requestType'),
    hint: text('hint.requestType'),
    type: 'radio',
    choices,
    chosen: [values.text.requestType],
    fault: faults.requestType && text(`fault.${faults.requestType}`),
    isRequired: true,
  });
}

/** What people come together for. */
function noteOf({ partyNote }: RequestType, lang: Language): string[] {
  return partyNote ? [labelOf(partyNote, lang)] : [];
}

/** The sites that serve a request type, by name. */
function namesOf({ sites }: Prefecture, lang: Language, type: Pick<RequestType, 'sites'>): string {
  const served = sites.filter(({ id }) => type.sites.includes(id));
  return served.map(({ labels }) => labelOf(labels, lang)).join(', ');
}

function documentPart(shown: ShownJoin): Html {
  const text = textsOf('joinPage', shown.lang);
  const country = text('hint.country');
  const number = html` autocomplete="off" autocapitalize="characters" spellcheck="false"`;
  return html`<fieldset><legend>${text('documents')}</legend>
<p class="hint">${text('documents.hint')}</p>
${textOf(shown, 'agdref', { hint: text('hint.agdref'), more: html` inputmode="numeric" autocomplete="off"` })}
${foldOf(
  shown,
  text('documents.passport'),
  ['passport', 'passportCountry'],
  html`${textOf(shown, 'passport', { more: number })}
${textOf(shown, 'passportCountry', { hint: country })}`,
)}
${foldOf(
  shown,
  text('documents.consular'),
  ['consular', 'consularCountry'],
  html`${textOf(shown, 'consular', { more: number })}
${textOf(shown, 'consularCountry', { hint: country })}`,
)}
${foldOf(
  shown,
  text('documents.none'),
  ['birthDate', 'nationality'],
  html`${textOf(shown, 'birthDate', { hint: text('hint.birthDate'), type: 'date', more: html` autocomplete="bday"` })}
${textOf(shown, 'nationality', { hint: country })}`,
)}
</fieldset>`;
}

function contactPart(shown: ShownJoin): Html {
  const { lang, values, hasSms } = shown;
  const text = textsOf('joinPage', lang);
  return html`<fieldset><legend>${text('contact')}</legend>
<p class="hint">${hasSms ? text('contact.hint') : text('contact.emailHint')}</p>
${textOf(shown, 'email', { hint: text('hint.email'), type: 'email', more: html` autocomplete="email"` })}
${hasSms ? textOf(shown, 'phone', { hint: text('hint.phone'), type: 'tel', more: html` autocomplete="tel"` }) : ''}
</fieldset>
${choicePart({
  name: 'language',
  label: text('label.language'),
  type: 'radio',
  choices: languages.map((value) => ({ value, label: LANGUAGES[value].name })),
  chosen: [values.text.language],
})}`;
}

function availabilityPart(shown: ShownJoin): Html {
  const { prefecture, lang, values, faults } = shown;
  const text = textsOf('joinPage', lang);
  const isChosen = values.sites.length + values.days.length > 0 || faults.sites !== undefined;
  const sites = prefecture.sites.map(({ id, labels, address }) => ({
    value: id,
    label: `${labelOf(labels, lang)} – ${labelOf(address, lang)}`,
  }));
  const days = weekdaysOf(lang).map((label, index) => ({ value: String(index + 1), label }));
  return foldOf(
    shown,
    text('availability'),
    ['from', 'until', 'notBefore', 'notAfter'],
    html`<p class="hint">${text('availability.hint')}</p>
${choicePart({ name: 'sites', label: text('label.sites'), hint: text('hint.sites'), type: 'checkbox', choices: sites, chosen: values.sites, fault: sitesFault(shown) })}
${choicePart({ name: 'days', label: text('label.days'), hint: text('hint.days'), type: 'checkbox', choices: days, chosen: values.days })}
${textOf(shown, 'from', { type: 'time' })}
${textOf(shown, 'until', { type: 'time' })}
${textOf(shown, 'notBefore', { type: 'date' })}
${textOf(shown, 'notAfter', { type: 'date' })}`,
    isChosen,
  );
}

/** Days of the week, each as it stands alone. */
function weekdaysOf(lang: Language): string[] {
  const { locale } = LANGUAGES[lang];
  return weekdayNames(lang, 'long').map(
    (name) => `${name.charAt(0).toLocaleUpperCase(locale)}${name.slice(1)}`,
  );
}

/** Says which sites would do. */
function sitesFault({ prefecture, lang, values, faults }: ShownJoin): string | undefined {
  if (faults.sites === undefined) return undefined;
  const text = textsOf('joinPage', lang);
  const type = prefecture.requestTypes.find(({ id }) => id === values.text.requestType);
  const served = type && text('servedAt', { sites: namesOf(prefecture, lang, type) });
  return [text(`fault.${faults.sites}`), ...(served === undefined ? [] : [served])].join(' ');
}

function textOf(
  { lang, values, faults }: ShownJoin,
  name: TextField,
  rest: { hint?: string; type?: 'email' | 'tel' | 'date' | 'time'; more?: Html },
): Html {
  const text = textsOf('joinPage', lang);
  const fault = faults[name];
  return textPart({
    name,
    label: text(`label.${name}`),
    value: values.text[name],
    fault: fault && text(`fault.${fault}`),
    ...rest,
  });
}

/** What many need not look at; open where something in it was filled in or is wrong. */
function foldOf(
  { values, faults }: ShownJoin,
  title: string,
  fields: readonly TextField[],
  body: Html,
  isOpen = false,
): Html {
  const used = isOpen || fields.some((field) => values.text[field] !== '' || faults[field]);
  return html`<details${used ? html` open` : ''}><summary>${title}</summary>
<div class="fold">
${body}
</div></details>`;
}
