/** The fields of the form to join, as they stand on the page. Sites may be several. */
export const JOIN_FIELDS = [
  'requestType',
  'name',
  'agdref',
  'passport',
  'passportCountry',
  'consular',
  'consularCountry',
  'birthDate',
  'nationality',
  'email',
  'phone',
  'language',
  'sites',
  'from',
  'until',
  'notBefore',
  'notAfter',
] as const;
export type JoinField = (typeof JOIN_FIELDS)[number];

/** Those that hold one text. */
export type TextField = Exclude<JoinField, 'sites'>;
export const TEXT_FIELDS = JOIN_FIELDS.filter((field): field is TextField => field !== 'sites');

/** What is asked of each who comes along. */
export const OTHER_FIELDS = [
  'name',
  'birthDate',
  'agdref',
  'passport',
  'passportCountry',
  'consular',
  'consularCountry',
] as const satisfies readonly TextField[];
export type OtherField = (typeof OTHER_FIELDS)[number];

/** Who comes along, by number: there are six people at most. */
export const OTHER_NUMBERS = [1, 2, 3, 4, 5] as const;
export type OtherNumber = (typeof OTHER_NUMBERS)[number];
/** How a field of theirs is called in the form. */
export type OtherName = `other${OtherNumber}-${OtherField}`;

/** The name of a field of somebody who comes along. Pure. */
export function otherName(number: OtherNumber, field: OtherField): OtherName {
  return `other${number}-${field}`;
}

/** What was filled in for one of them. */
export type OtherValues = { readonly [field in OtherField]: string };

/** The form as somebody filled it in: nothing of it is checked. */
export interface JoinValues {
  readonly text: { readonly [field in TextField]: string };
  /** Ids of the sites whose boxes are ticked. */
  readonly sites: readonly string[];
  /** The same of the days: `1` is Monday. */
  readonly days: readonly string[];
  /** Who comes along. */
  readonly others: { readonly [of in OtherNumber]: OtherValues };
}

/** What is wrong with one field. */
export type JoinFault =
  | 'type'
  | 'name'
  | 'agdref'
  | 'agdref_needed'
  | 'agdref_unknown'
  | 'document_needed'
  | 'number'
  | 'country'
  | 'date'
  | 'language'
  | 'contact_needed'
  | 'contact_full'
  | 'email_needed'
  | 'email'
  | 'phone'
  | 'site'
  | 'times'
  | 'dates'
  | 'adult'
  | 'child'
  | 'party'
  | 'repeated'
  | 'taken';

export type JoinFaults = { readonly [field in JoinField | OtherName]?: JoinFault };

/** Why the form as a whole was not taken. */
export type FormRefusal = 'fields' | 'duplicate' | 'repeated' | 'too_many' | 'work' | 'down';
