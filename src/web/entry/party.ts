import type { Language } from '../../base/languages.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { textPart } from '../kit/form-parts.ts';
import { type Html, html } from '../kit/html.ts';
import { addressOf, hidden } from './forms.ts';

interface Shown {
  readonly prefecture: Prefecture;
  readonly entryId: string;
  readonly lang: Language;
  readonly token: string;
  readonly entry: EntryRecord;
  readonly names: readonly string[];
}

/**
 * Who comes together, with what can be changed before the entry has a place. Nothing where each comes
 * alone. Pure.
 */
export function partyPart(shown: Shown): Html {
  const { prefecture, lang, entry, names } = shown;
  if (names.length === 0) return html``;
  const text = textsOf('entryPage', lang);
  const most = prefecture.requestTypes.find(({ id }) => id === entry.requestType)?.partyMax ?? 1;
  const isOpen = entry.state === 'unverified' || entry.state === 'waiting';
  const mayAdd = isOpen && names.length < most && entry.parting === undefined;
  return html`<h2>${text('party', { people: names.length })}</h2>
${names.length === 1 ? '' : html`<ol>${names.map((name, member) => memberPart(shown, name, member, isOpen))}</ol>`}
<p class="hint">${text('party.public')}</p>
${mayAdd ? addForm(shown) : ''}
`;
}

function memberPart(shown: Shown, name: string, member: number, isOpen: boolean): Html {
  const { lang, entry } = shown;
  const text = textsOf('entryPage', lang);
  const isParting = entry.parting === member;
  const mayChange = isOpen && member > 0 && entry.parting === undefined;
  return html`<li>${name}${isParting ? html` – ${text('party.parting')}` : ''}
${mayChange ? changeParts(shown, member) : ''}</li>`;
}

function changeParts(shown: Shown, member: number): Html {
  const text = textsOf('entryPage', shown.lang);
  const split = html`<p>${text('party.split.hint')}</p>
${memberForm(shown, member, 'split_member', text('party.split'))}`;
  return html`<details><summary>${text('party.change')}</summary>
<div class="fold">
<p>${text('party.remove.hint')}</p>
${memberForm(shown, member, 'remove_member', text('party.remove'))}
${shown.entry.state === 'waiting' ? split : ''}
</div></details>`;
}

function memberForm(shown: Shown, member: number, action: string, label: string): Html {
  return html`<form method="post" action="${addressOf(shown)}">
${hidden({ token: shown.token })}
<input type="hidden" name="member" value="${String(member)}">
<input type="hidden" name="people" value="${String(shown.names.length)}">
<button type="submit" name="action" value="${action}" class="quiet">${label}</button>
</form>`;
}

function addForm(shown: Shown): Html {
  const text = textsOf('entryPage', shown.lang);
  const join = textsOf('joinPage', shown.lang);
  const hint = join('hint.country');
  const off = html` autocomplete="off"`;
  const part = (name: string, label: string, rest: { hint?: string; type?: 'date' } = {}) =>
    textPart({ name, label, value: '', more: off, ...rest });
  return html`<details><summary>${text('party.add')}</summary>
<div class="fold">
<form method="post" action="${addressOf(shown)}">
${hidden({ token: shown.token })}
${part('memberName', join('label.name'), { hint: join('hint.otherName') })}
${part('memberBirthDate', join('label.birthDate'), { hint: join('hint.otherBirthDate'), type: 'date' })}
${part('memberAgdref', join('label.agdref'), { hint: join('hint.otherAgdref') })}
${part('memberPassport', join('label.passport'))}
${part('memberPassportCountry', join('label.passportCountry'), { hint })}
${part('memberConsular', join('label.consular'))}
${part('memberConsularCountry', join('label.consularCountry'), { hint })}
<button type="submit" name="action" value="add_member" class="quiet">${text('party.add.button')}</button>
</form>
</div></details>`;
}
