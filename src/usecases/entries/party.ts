import { DomainError } from '../../base/errors.ts';
import { isMinor } from '../../domain/entries/party.ts';
import type { RequestType } from '../../domain/prefectures/prefecture.ts';
import { repeatedHolder } from '../../identity/person/identity-key.ts';
import { documentsOf, type Identified, memberPath } from '../../identity/person/people.ts';
import type { Member } from '../../identity/person/person.ts';

/**
 * Checks who comes along with a person, on a local day (`YYYY-MM-DD`). Pure.
 *
 * @throws DomainError `document_refused`, `member_repeated`, `party_too_large`
 */
export function checkOthers(requestType: RequestType, people: Identified, onDay: string): void {
  const { others = [] } = people;
  if (1 + others.length > requestType.partyMax) throw partyTooLarge(requestType);
  for (const [index, other] of others.entries()) {
    checkOther(requestType, other, { path: memberPath(index + 1), onDay });
  }
  const repeated = repeatedHolder(people);
  if (repeated === undefined) return;
  const detail = 'this person stands here already: each is given once';
  throw new DomainError('member_repeated', detail, memberPath(repeated));
}

/**
 * A child under 18 need not have a document; whoever is older gives one, and the AGDREF number
 * where the request type asks for it. Pure.
 *
 * @throws DomainError `document_refused`
 */
export function checkOther(
  { agdrefRequired }: Pick<RequestType, 'agdrefRequired'>,
  other: Member,
  { path, onDay }: { readonly path: string; readonly onDay: string },
): void {
  const documents = documentsOf(other);
  if (other.birthDate !== undefined && isMinor(other.birthDate, onDay)) return;
  if (documents.length === 0) {
    throw new DomainError(
      'document_refused',
      'who is 18 or older needs a document; a child is given by name and birth date',
      [path, 'document'].filter(Boolean).join('.'),
    );
  }
  if (agdrefRequired && documents.every(({ kind }) => kind !== 'agdref')) {
    throw new DomainError(
      'document_refused',
      'this request type needs an AGDREF number of each adult',
      [path, 'document.kind'].filter(Boolean).join('.'),
    );
  }
}

/** The refusal of a party that is larger than its request type takes. */
export function partyTooLarge({ partyMax }: Pick<RequestType, 'partyMax'>): DomainError {
  return new DomainError(
    'party_too_large',
    partyMax === 1
      ? 'for this request type each person has an entry of their own'
      : `at most ${partyMax} people come together: make two entries, or have the office convoke you`,
    'others',
  );
}
