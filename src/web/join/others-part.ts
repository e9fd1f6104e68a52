import type { Language } from '../../base/languages.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { textPart } from '../kit/form-parts.ts';
import { type Html, html } from '../kit/html.ts';
import {
  type JoinFaults,
  type JoinValues,
  OTHER_FIELDS,
  OTHER_NUMBERS,
  type OtherField,
  type OtherNumber,
  otherName,
} from './values.ts';

interface Shown {
  readonly prefecture: Prefecture;
  readonly lang: Language;
  readonly values: JoinValues;
  readonly faults: JoinFaults;
}

/**
 * Who comes along: folded away, a part for each of as many as any request type takes. Needs no
 * script. Nothing where each person comes alone. Pure.
 */
export function othersPart(shown: Shown): Html {
  const { prefecture, lang } = shown;
  const most = Math.max(1, ...prefecture.requestTypes.map(({ partyMax }) => partyMax));
  if (most === 1) return html``;
  const text = textsOf('joinPage', lang);
  const numbers = OTHER_NUMBERS.filter((number) => number < most);
  const isUsed = numbers.some((number) => isOpen(shown, number));
  return html`<details${isUsed ? html` open` : ''} id="others"><summary>${text('others')}</summary>
<div class="fold">
<p class="hint">${text('others.hint')}</p>
<p class="notice">${text('others.public')}</p>
${numbers.map((number) => otherPart(shown, number))}
</div></details>`;
}

/** What is wrong with whom, for the list above the form. Pure. */
export function otherFaults(lang: Language, faults: JoinFaults) {
  const text = textsOf('joinPage', lang);
  return OTHER_NUMBERS.flatMap((number) =>
    OTHER_FIELDS.flatMap((field) => {
      const name = otherName(number, field);
      const fault = faults[name];
      if (fault === undefined) return [];
      const label = text('others.field', { number: number + 1, field: text(`label.${field}`) });
      return [{ name, label, fault: text(`fault.${fault}`) }];
    }),
  );
}

function otherPart(shown: Shown, number: OtherNumber): Html {
  const text = textsOf('joinPage', shown.lang);
  const hint = text('hint.country');
  const typed = html` autocomplete="off" autocapitalize="characters" spellcheck="false"`;
  const part = (field: OtherField, rest: Parameters<typeof fieldOf>[3] = {}) =>
    fieldOf(shown, number, field, rest);
  return html`<details${isOpen(shown, number) ? html` open` : ''}><summary>${text('others.person', { number: number + 1 })}</summary>
<div class="fold">
${part('name', { hint: text('hint.otherName'), more: html` autocomplete="off"` })}
${part('birthDate', { hint: text('hint.otherBirthDate'), type: 'date' })}
${part('agdref', { hint: text('hint.otherAgdref'), more: html` inputmode="numeric" autocomplete="off"` })}
${part('passport', { more: typed })}
${part('passportCountry', { hint, more: html` autocomplete="off"` })}
${part('consular', { more: typed })}
${part('consularCountry', { hint, more: html` autocomplete="off"` })}
</div></details>`;
}

function fieldOf(
  { lang, values, faults }: Shown,
  number: OtherNumber,
  field: OtherField,
  rest: { hint?: string; type?: 'date'; more?: Html },
): Html {
  const text = textsOf('joinPage', lang);
  const name = otherName(number, field);
  const fault = faults[name];
  return textPart({
    name,
    label: text(`label.${field}`),
    value: values.others[number][field],
    fault: fault && text(`fault.${fault}`),
    ...rest,
  });
}

function isOpen({ values, faults }: Shown, number: OtherNumber): boolean {
  return OTHER_FIELDS.some(
    (field) => values.others[number][field] !== '' || faults[otherName(number, field)],
  );
}
