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

/** The form as somebody filled it in: nothing of it is checked. */
export interface JoinValues {
  readonly text: { readonly [field in TextField]: string };
  /** Ids of the sites whose boxes are ticked. */
  readonly sites: readonly string[];
  /** The same of the days: `1` is Monday. */
  readonly days: readonly string[];
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
  | 'dates';

export type JoinFaults = { readonly [field in JoinField]?: JoinFault };

/** Why the form as a whole was not taken. */
export type FormRefusal = 'fields' | 'duplicate' | 'repeated' | 'too_many' | 'work' | 'down';
