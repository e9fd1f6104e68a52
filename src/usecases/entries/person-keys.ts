import { DomainError } from '../../base/errors.ts';
import { partyMember } from '../../domain/entries/party.ts';
import { checkDocuments } from '../../identity/directory/directory.ts';
import { personContext } from '../../identity/person/context.ts';
import {
  documentsOf,
  type Identified,
  memberPath,
  peopleIn,
} from '../../identity/person/people.ts';
import type { Person } from '../../identity/person/person.ts';
import type { UseCaseDeps } from '../deps.ts';
import type { Application } from './application.ts';

type Deps = Pick<UseCaseDeps, 'vault' | 'identityKeys'>;

/**
 * What an entry keeps of its people: the seal, their number, and the keyed hashes by which each is
 * recognised; what else must be free, made by former keys; and whose a hash is (`memberPath`).
 */
export function personMembers(
  { vault, identityKeys }: Deps,
  of: { readonly prefecture: string; readonly requestType: string; readonly id: string },
  person: Person,
) {
  const keys = identityKeys.keysOf(of.prefecture, of.requestType, person);
  const { identities, formerIdentities, holders } = keys;
  const [identity = '', ...otherIdentities] = identities;
  const holderOf = (found: string): number => {
    const at = [...identities, ...formerIdentities].indexOf(found);
    return holders[at % holders.length] ?? 0;
  };
  return {
    members: {
      ...partyMember(peopleIn(person).length),
      identity,
      ...(otherIdentities.length > 0 ? { otherIdentities } : {}),
      ...(keys.clues.length > 0 ? { clues: keys.clues } : {}),
      sealed: vault.seal(person, personContext(of.prefecture, of.id)),
    },
    former: { formerIdentities, formerClues: keys.formerClues },
    holderOf,
  };
}

/**
 * Asks the registry about the AGDREF numbers of all people. Answers whether they must be checked
 * later, because it did not answer.
 *
 * @throws DomainError `document_unknown`
 */
export async function mustCheckLater(
  { registry, metrics }: Pick<UseCaseDeps, 'registry' | 'metrics'>,
  { person, others }: Pick<Application, 'person' | 'others'>,
): Promise<boolean> {
  if (registry === undefined) return false;
  const documents = placedDocuments({ ...person, others });
  const found = await checkDocuments(
    registry,
    documents.map(({ document }) => document),
  );
  metrics.registryChecks.inc({ outcome: found.answer });
  if (found.answer !== 'unknown') return found.answer === 'unavailable';
  throw new DomainError(
    'document_unknown',
    'the national file does not know this AGDREF number: read it once more on the document',
    `${documents[found.index]?.path ?? 'person'}.number`,
  );
}

/** All documents of all people, each with where it stands in a request. Pure. */
export function placedDocuments(person: Identified) {
  return peopleIn(person).flatMap((one, holder) =>
    documentsOf(one).map((document, index) => {
      const place = index === 0 ? 'document' : `otherDocuments[${index - 1}]`;
      return { document, path: `${memberPath(holder)}.${place}` };
    }),
  );
}

/** The refusal of a contact that stands for as many live entries as it may. */
export function contactExhausted(contact: 'email' | 'phone'): DomainError {
  const shared = contact === 'email' ? 'e-mail address' : 'telephone';
  return new DomainError(
    'contact_exhausted',
    `this ${shared} stands for as many people as it may: give one of your own, or come to the desk`,
    `contact.${contact}`,
  );
}
