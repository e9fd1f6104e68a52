import type { Document, Member, Person } from './person.ts';

// The people of an entry: a person, and who comes along.

/** Of whom keys are made: people who join, or one whom an agent looks for. */
export interface Identified
  extends Pick<Person, 'document' | 'name' | 'birthDate' | 'email' | 'phone'> {
  readonly otherDocuments?: readonly Document[] | undefined;
  /** Who comes along. */
  readonly others?: readonly Member[] | undefined;
}

/** One of the people of an entry, whoever they are. */
export type Somebody = Pick<Identified, 'name' | 'birthDate' | 'otherDocuments'> & {
  readonly document?: Document | undefined;
};

/** All documents that a person gave, the first first. Pure. */
export function documentsOf({
  document,
  otherDocuments = [],
}: Pick<Somebody, 'document' | 'otherDocuments'>): readonly Document[] {
  return document ? [document, ...otherDocuments] : otherDocuments;
}

/** The people of an entry: the person, then who comes along. Pure. */
export function peopleIn(person: Identified): readonly Somebody[] {
  return [person, ...(person.others ?? [])];
}

/** Where one of them stands in a request: `person`, `others[0]`. Pure. */
export function memberPath(holder: number): string {
  return holder === 0 ? 'person' : `others[${holder - 1}]`;
}

/** A birth date that a person gave, by itself or for want of a document. Pure. */
export function birthDateOf(person: Somebody): string | undefined {
  const stated = documentsOf(person).find((document) => document.kind === 'none');
  return person.birthDate ?? (stated?.kind === 'none' ? stated.birthDate : undefined);
}
