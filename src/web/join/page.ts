import type { Language } from '../../base/languages.ts';
import { joinPageUrl, lostLinkPageUrl, prefecturePageUrl } from '../../domain/page-addresses.ts';
import type { Prefecture, RequestType } from '../../domain/prefectures/prefecture.ts';
import { labelOf } from '../../domain/values.ts';
import { choicePart, faultList, textPart } from '../kit/form-parts.ts';
import { type Html, html } from '../kit/html.ts';
import { sheet } from '../kit/layout.ts';
import { joinTexts } from './texts.ts';
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
  const text = joinTexts[lang];
  const address = joinPageUrl('', prefecture.id);
  const query = lang === 'en' ? '?lang=en' : '';
  return sheet({
    lang,
    title: `${text.title} – ${labelOf(prefecture.settings.labels, lang)}`,
    indexed: false,
    otherHref: lang === 'fr' ? `${address}?lang=en` : address,
    body: html`${refusal === undefined ? introPart(shown) : refusalPart(shown, refusal)}
${scriptPart(lang, work)}
<form method="post" action="${address}${query}" id="work-form" data-challenge="/v1/prefectures/${prefecture.id}/challenge?purpose=join">
<input type="hidden" name="key" value="${idempotencyKey}" autocomplete="off">
${typePart(shown)}
${textOf(shown, 'name', { hint: text.hints.name, more: html` autocomplete="name" required` })}
${documentPart(shown)}
${contactPart(shown)}
${availabilityPart(shown)}
<p>${text.data}</p>
${workPart(work)}
<p class="hint">${text.sendHint}</p>
<button type="submit">${text.send}</button>
</form>
<p><a href="${lostLinkPageUrl('', prefecture.id)}${query}">${text.lost}</a></p>
<p><a href="${prefecturePageUrl('', prefecture.id)}${query}">${text.back}</a></p>`,
  });
}

function introPart({ lang }: ShownJoin): Html {
  return html`<ul class="notice">${joinTexts[lang].intro.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function refusalPart({ lang, faults }: ShownJoin, refusal: FormRefusal): Html {
  const text = joinTexts[lang];
  const listed = JOIN_FIELDS.flatMap((name) => {
    const fault = faults[name];
    if (fault === undefined) return [];
    return { name, label: text.labels[name], fault: text.faults[fault] };
  });
  return faultList(text.refusals[refusal], listed);
}

function typePart({ prefecture, lang, values, faults }: ShownJoin): Html {
  const text = joinTexts[lang];
  const choices = prefecture.requestTypes.map((type) => {
    const hint = [
      ...(type.agdrefRequired ? [text.agdrefNeeded] : []),
      ...(type.sites.length === 1 ? [`${text.onlyAt} ${namesOf(prefecture, lang, type)}.`] : []),
    ].join(' ');
    return { value: type.id, label: labelOf(type.labels, lang), ...(hint === '' ? {} : { hint }) };
  });
  return choicePart({
    name: 'requestType',
    label: text.labels.requestType,
    hint: text.typeHint,
    type: 'radio',
    choices,
    chosen: [values.text.requestType],
    fault: faults.requestType && text.faults[faults.requestType],
    isRequired: true,
  });
}

/** The sites that serve a request type, by name. */
function namesOf({ sites }: Prefecture, lang: Language, type: Pick<RequestType, 'sites'>): string {
  const served = sites.filter(({ id }) => type.sites.includes(id));
  return served.map(({ labels }) => labelOf(labels, lang)).join(', ');
}

function documentPart(shown: ShownJoin): Html {
  const text = joinTexts[shown.lang];
  const { country } = text.hints;
  const number = html` autocomplete="off" autocapitalize="characters" spellcheck="false"`;
  return html`<fieldset><legend>${text.documents}</legend>
<p class="hint">${text.documentsHint}</p>
${textOf(shown, 'agdref', { hint: text.hints.agdref, more: html` inputmode="numeric" autocomplete="off"` })}
${foldOf(
  shown,
  text.passports,
  ['passport', 'passportCountry'],
  html`${textOf(shown, 'passport', { more: number })}
${textOf(shown, 'passportCountry', { hint: country })}`,
)}
${foldOf(
  shown,
  text.consulars,
  ['consular', 'consularCountry'],
  html`${textOf(shown, 'consular', { more: number })}
${textOf(shown, 'consularCountry', { hint: country })}`,
)}
${foldOf(
  shown,
  text.noDocument,
  ['birthDate', 'nationality'],
  html`${textOf(shown, 'birthDate', { hint: text.hints.birthDate, type: 'date', more: html` autocomplete="bday"` })}
${textOf(shown, 'nationality', { hint: country })}`,
)}
</fieldset>`;
}

function contactPart(shown: ShownJoin): Html {
  const { lang, values, hasSms } = shown;
  const text = joinTexts[lang];
  return html`<fieldset><legend>${text.contact}</legend>
<p class="hint">${hasSms ? text.contactHint : text.emailHint}</p>
${textOf(shown, 'email', { hint: text.hints.email, type: 'email', more: html` autocomplete="email"` })}
${hasSms ? textOf(shown, 'phone', { hint: text.hints.phone, type: 'tel', more: html` autocomplete="tel"` }) : ''}
</fieldset>
${choicePart({
  name: 'language',
  label: text.labels.language,
  type: 'radio',
  choices: [
    { value: 'fr', label: 'Français' },
    { value: 'en', label: 'English' },
  ],
  chosen: [values.text.language],
})}`;
}

function availabilityPart(shown: ShownJoin): Html {
  const { prefecture, lang, values, faults } = shown;
  const text = joinTexts[lang];
  const isChosen = values.sites.length + values.days.length > 0 || faults.sites !== undefined;
  const sites = prefecture.sites.map(({ id, labels, address }) => ({
    value: id,
    label: `${labelOf(labels, lang)} – ${labelOf(address, lang)}`,
  }));
  const days = text.weekdays.map((label, index) => ({ value: String(index + 1), label }));
  return foldOf(
    shown,
    text.availability,
    ['from', 'until', 'notBefore', 'notAfter'],
    html`<p class="hint">${text.availabilityHint}</p>
${choicePart({ name: 'sites', label: text.labels.sites, hint: text.hints.sites, type: 'checkbox', choices: sites, chosen: values.sites, fault: sitesFault(shown) })}
${choicePart({ name: 'days', label: text.labels.days, hint: text.hints.days, type: 'checkbox', choices: days, chosen: values.days })}
${textOf(shown, 'from', { type: 'time' })}
${textOf(shown, 'until', { type: 'time' })}
${textOf(shown, 'notBefore', { type: 'date' })}
${textOf(shown, 'notAfter', { type: 'date' })}`,
    isChosen,
  );
}

/** Says which sites would do. */
function sitesFault({ prefecture, lang, values, faults }: ShownJoin): string | undefined {
  if (faults.sites === undefined) return undefined;
  const text = joinTexts[lang];
  const type = prefecture.requestTypes.find(({ id }) => id === values.text.requestType);
  const served = type ? ` ${text.servedAt} ${namesOf(prefecture, lang, type)}.` : '';
  return `${text.faults[faults.sites]}${served}`;
}

function textOf(
  { lang, values, faults }: ShownJoin,
  name: TextField,
  rest: { hint?: string; type?: 'email' | 'tel' | 'date' | 'time'; more?: Html },
): Html {
  const text = joinTexts[lang];
  const fault = faults[name];
  return textPart({
    name,
    label: text.labels[name],
    value: values.text[name],
    fault: fault && text.faults[fault],
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
