import type { FindCountry } from '../../identity/person/countries.ts';
import {
  type JoinFault,
  type JoinFaults,
  type JoinValues,
  OTHER_FIELDS,
  OTHER_NUMBERS,
  type OtherField,
  type OtherName,
  type OtherNumber,
  type OtherValues,
  otherName,
} from '../../web/join/values.ts';
import { documentsOf, type GivenDocument } from './join-documents.ts';

/** What was sent for each who comes along, whatever was sent. Pure. */
export function readOthers(textOf: (name: OtherName) => string): JoinValues['others'] {
  const read = (number: OtherNumber): OtherValues => {
    const pairs = OTHER_FIELDS.map((field) => [field, textOf(otherName(number, field))]);
    return Object.fromEntries(pairs) as Record<OtherField, string>; // one pair for each field
  };
  const people = OTHER_NUMBERS.map((number) => [number, read(number)]);
  return Object.fromEntries(people) as Record<OtherNumber, OtherValues>; // one for each number
}

/** Somebody who comes along, as the form has them. */
interface GivenOther {
  readonly number: OtherNumber;
  readonly values: OtherValues;
  readonly documents: readonly GivenDocument<OtherField>[];
}

/** Those for whom something was filled in, in their order. Pure. */
export function givenOthers(
  { others }: Pick<JoinValues, 'others'>,
  findCountry: FindCountry,
): GivenOther[] {
  return OTHER_NUMBERS.flatMap((number) => {
    const values = others[number];
    const isEmpty = OTHER_FIELDS.every((field) => values[field].trim() === '');
    return isEmpty ? [] : [{ number, values, documents: documentsOf(values, findCountry) }];
  });
}

/** The member `others` of a request to join; nothing where nobody comes along. Pure. */
export function othersMember(given: readonly GivenOther[]): { readonly others?: unknown } {
  if (given.length === 0) return {};
  return {
    others: given.map(({ values, documents: [first, ...others] }) => {
      const birthDate = values.birthDate.trim();
      return {
        name: values.name,
        ...(first ? { document: first.document } : {}),
        ...(others.length === 0 ? {} : { otherDocuments: others.map(({ document }) => document) }),
        ...(birthDate === '' ? {} : { birthDate }),
      };
    }),
  };
}

/** Of a refusal of one of them: the field, and what is wrong. */
export type OtherFault = readonly [OtherName, JoinFault];

/**
 * Beside which field of whom a fault of a member is told; undefined for a member of anybody else.
 * Pure.
 */
export function otherPlaceOf(member: string, given: readonly GivenOther[]): OtherFault | undefined {
  const [, index, rest = ''] = /^others\[(\d)\]\.?(.*)$/.exec(member) ?? [];
  const other = index === undefined ? undefined : given[Number(index)];
  if (!other) return undefined;
  const [field, fault] = placeIn(other, rest);
  return [otherName(other.number, field), fault];
}

function placeIn({ documents }: GivenOther, rest: string): readonly [OtherField, JoinFault] {
  if (rest === 'birthDate') return ['birthDate', 'date'];
  const [, further] = /^(?:document|otherDocuments\[(\d+)\])/.exec(rest) ?? [];
  if (!/^(document|otherDocuments)/.test(rest)) return ['name', 'name'];
  const found = documents[further === undefined ? 0 : Number(further) + 1];
  if (found === undefined) return ['birthDate', 'child'];
  const { number, country } = found.fields;
  if (rest.endsWith('.country')) return [country, 'country'];
  return [number, number === 'agdref' ? 'agdref' : 'number'];
}

/** What a use case refuses of one of them, beside the field; undefined for anything else. Pure. */
export function refusedOther(
  { code, member = '' }: { readonly code: string; readonly member?: string },
  values: JoinValues,
  findCountry: FindCountry,
): JoinFaults | undefined {
  const [, index, rest = ''] = /^others\[(\d)\]\.?(.*)$/.exec(member) ?? [];
  const other = index === undefined ? undefined : givenOthers(values, findCountry)[Number(index)];
  if (!other) return undefined;
  const [field, fault] = refusals(rest)[code] ?? [];
  return field && fault ? { [otherName(other.number, field)]: fault } : undefined;
}

function refusals(rest: string): Readonly<Record<string, readonly [OtherField, JoinFault]>> {
  return {
    document_refused: ['agdref', rest === 'document' ? 'adult' : 'agdref_needed'],
    document_unknown: ['agdref', 'agdref_unknown'],
    entry_duplicate: ['name', 'taken'],
    member_repeated: ['name', 'repeated'],
  };
}
