import type { Language } from '../../base/languages.ts';
import type { FindCountry } from '../../identity/person/countries.ts';
import {
  type JoinFault,
  type JoinFaults,
  type JoinField,
  type JoinValues,
  TEXT_FIELDS,
  type TextField,
} from '../../web/join/values.ts';
import { faultsOf } from '../http/request-error.ts';
import { documentsOf, type GivenDocument } from './join-documents.ts';
import { givenOthers, otherPlaceOf, othersMember, readOthers } from './join-form-others.ts';
import { JoinRequest } from './schemas.ts';

/** More of a field than this is cut off: no answer is longer. */
const LONGEST = 300;
/** As many boxes as a prefecture may have sites. */
const MOST_BOXES = 100;

/** What a form is read with. */
export interface FormSetting {
  /** What is chosen where nothing is. */
  readonly lang: Language;
  /** Whether a telephone is asked for. */
  readonly hasSms: boolean;
}

/** The form as it was sent, whatever was sent. Pure. */
export function readJoinValues(body: unknown, { lang, hasSms }: FormSetting): JoinValues {
  const set = {
    ...(textsOf(body, 'language').length > 0 ? {} : { language: lang }),
    ...(hasSms ? {} : { phone: '' }),
  };
  const entries = TEXT_FIELDS.map((field) => [field, textsOf(body, field)[0] ?? '']);
  return {
    // One pair for each of TEXT_FIELDS.
    text: { ...(Object.fromEntries(entries) as Record<TextField, string>), ...set },
    sites: textsOf(body, 'sites'),
    days: textsOf(body, 'days'),
    others: readOthers((name) => textsOf(body, name)[0] ?? ''),
  };
}

/** What a form holds under a name: nothing, one text or several. Pure. */
export function textsOf(body: unknown, name: string): string[] {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return [];
  const found: unknown = Reflect.get(body, name);
  return (Array.isArray(found) ? found : [found])
    .filter((one) => typeof one === 'string')
    .slice(0, MOST_BOXES)
    .map((text) => text.slice(0, LONGEST));
}

export type ReadForm =
  | { readonly outcome: 'complete'; readonly application: JoinRequest }
  | { readonly outcome: 'faulty'; readonly faults: JoinFaults };

/** Makes the form what the API takes, or says of each field what is wrong with it. Pure. */
export function applicationOf(
  values: JoinValues,
  findCountry: FindCountry,
  { hasSms }: Pick<FormSetting, 'hasSms'>,
): ReadForm {
  const { text } = values;
  const given = ownDocuments(values, findCountry);
  const party = givenOthers(values, findCountry);
  const [first, ...others] = given;
  const birthDate = text.birthDate.trim();
  const parsed = JoinRequest.safeParse({
    requestType: text.requestType,
    person: {
      name: text.name,
      document: first?.document,
      ...(others.length === 0 ? {} : { otherDocuments: others.map(({ document }) => document) }),
      ...(birthDate === '' || first?.fields.number === 'birthDate' ? {} : { birthDate }),
    },
    ...othersMember(party),
    contact: {
      ...(text.email.trim() === '' ? {} : { email: text.email }),
      ...(text.phone.trim() === '' ? {} : { phone: text.phone }),
    },
    language: text.language,
    ...acceptsOf(values),
  });
  if (parsed.success) return { outcome: 'complete', application: parsed.data };
  const faults: { -readonly [field in keyof JoinFaults]: JoinFault } = {};
  for (const { member } of faultsOf(parsed.error)) {
    const [field, fault] = otherPlaceOf(member, party) ?? placeOf(member, given);
    faults[field] ??= fault === 'contact_needed' && !hasSms ? 'email_needed' : fault;
  }
  return { outcome: 'faulty', faults };
}

/** The documents of the person; without any, what stands for one. */
function ownDocuments({ text }: JoinValues, findCountry: FindCountry): GivenDocument<TextField>[] {
  const given: GivenDocument<TextField>[] = documentsOf(text, findCountry);
  if (given.length > 0 || `${text.birthDate}${text.nationality}`.trim() === '') return given;
  const document = {
    kind: 'none',
    birthDate: text.birthDate.trim(),
    nationality: findCountry(text.nationality) ?? '',
  };
  return [{ document, fields: { number: 'birthDate', country: 'nationality' } }];
}

/** Where and when: members that nothing was chosen for are left out. */
function acceptsOf({ text, sites, days }: JoinValues) {
  const { from, until, notBefore, notAfter } = text;
  const isTimed = days.length > 0 || from !== '' || until !== '';
  const window = {
    days: days.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : days.map(Number),
    from: from.slice(0, 5) || '00:00',
    until: until.slice(0, 5) || '24:00',
  };
  const accepts = {
    ...(sites.length === 0 ? {} : { sites }),
    ...(isTimed ? { windows: [window] } : {}),
    ...(notBefore === '' ? {} : { notBefore }),
    ...(notAfter === '' ? {} : { notAfter }),
  };
  return Object.keys(accepts).length === 0 ? {} : { accepts };
}

/** Members of a request beside which the form says what is wrong, the first that fits. */
const places: readonly (readonly [RegExp, JoinField, JoinFault])[] = [
  [/^requestType/, 'requestType', 'type'],
  [/^person\.name/, 'name', 'name'],
  [/^person\.birthDate/, 'birthDate', 'date'],
  [/^contact\.email/, 'email', 'email'],
  [/^contact\.phone/, 'phone', 'phone'],
  [/^contact/, 'email', 'contact_needed'],
  [/^language/, 'language', 'language'],
  [/^accepts\.sites/, 'sites', 'site'],
  [/^accepts\.windows/, 'from', 'times'],
  [/^accepts\.notAfter/, 'notAfter', 'dates'],
  [/^accepts/, 'notBefore', 'dates'],
];

function placeOf(
  member: string,
  given: readonly GivenDocument<TextField>[],
): [JoinField, JoinFault] {
  const [, other] = /^person\.(?:document|otherDocuments\[(\d+)\])/.exec(member) ?? [''];
  if (/^person\.(document|otherDocuments)/.test(member)) {
    const one = given[other === undefined ? 0 : Number(other) + 1];
    if (one === undefined) return ['agdref', 'document_needed'];
    const { number, country } = one.fields;
    if (/\.(country|nationality)$/.test(member)) return [country, 'country'];
    if (number === 'agdref') return ['agdref', 'agdref'];
    return number === 'birthDate' ? ['birthDate', 'date'] : [number, 'number'];
  }
  const [, field, fault] = places.find(([pattern]) => pattern.test(member)) ?? [];
  return field !== undefined && fault !== undefined ? [field, fault] : ['requestType', 'type'];
}
