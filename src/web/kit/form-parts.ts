import type { Language } from '../../base/languages.ts';
import { fact } from './fact.ts';
import { type Html, html } from './html.ts';

/** What every field of a form has. */
interface Labelled {
  /** Also the id. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with it, in words. */
  readonly fault?: string | undefined;
}

/** A field for one line of text. */
export interface TextPart extends Labelled {
  readonly value: string;
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'time';
  /** Attributes of ours. */
  readonly more?: Html;
}

/** A field with its label, hint and fault, which belong together for who does not see them. Pure. */
export function textPart(part: TextPart): Html {
  const { name, label, value, type = 'text', more = html`` } = part;
  const isTyped = type !== 'date' && type !== 'time';
  return html`<label for="${name}">${label}</label>
${besides(part)}
<input id="${name}" name="${name}" type="${type}" value="${value}"${isTyped ? html` maxlength="300"` : ''}${described(part)}${more}>`;
}

/** One of a group of radio buttons or boxes. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Which of a group there are, and which are chosen. */
export interface ChoicePart extends Labelled {
  readonly type: 'radio' | 'checkbox';
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly isRequired?: true;
}

/** A group of radio buttons or boxes. Pure. */
export function choicePart(part: ChoicePart): Html {
  const { name, label, type, choices, chosen, isRequired } = part;
  return html`<fieldset id="${name}"${described(part)}>
<legend>${label}</legend>
${besides(part)}
${choices.map(({ value, label: of, hint }, index) => {
  const id = `${name}-${index + 1}`;
  const said = hint === undefined ? html`` : html` aria-describedby="${id}-hint"`;
  return html`<label class="choice" for="${id}"><input type="${type}" id="${id}" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : ''}${isRequired ? html` required` : ''}${said}> <span>${of}</span></label>
${hint === undefined ? '' : html`<p class="hint choice-hint" id="${id}-hint">${hint}</p>`}`;
})}
</fieldset>`;
}

/** What is wrong, first of all, with a way to each field. Pure. */
export function faultList(
  lang: Language,
  title: string,
  faults: readonly { readonly name: string; readonly label: string; readonly fault: string }[],
): Html {
  return html`<div class="error" id="faults" role="alert" tabindex="-1">
<p><strong>${title}</strong></p>
${faults.length === 0 ? '' : html`<ul>${faults.map(({ name, label, fault }) => html`<li>${fact(lang, html`<a href="#${name}">${label}</a>`, fault)}</li>`)}</ul>`}
</div>`;
}

function besides({ name, hint, fault }: Labelled): Html {
  return html`${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}
${fault === undefined ? '' : html`<p class="error" id="${name}-fault">${fault}</p>`}`;
}

function described({ name, hint, fault }: Labelled): Html {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(fault === undefined ? [] : [`${name}-fault`]),
  ].join(' ');
  return html`${ids === '' ? '' : html` aria-describedby="${ids}"`}${fault === undefined ? '' : html` aria-invalid="true"`}`;
}
