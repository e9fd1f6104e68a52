import { DomainError } from '../../base/errors.ts';
import { checkDocuments } from '../../identity/directory/directory.ts';
import { personContext } from '../../identity/person/context.ts';
import { documentsOf } from '../../identity/person/identity-key.ts';
import type { Person } from '../../identity/person/person.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'vault' | 'identityKeys'>;

/**
 * What an entry keeps of its person: the seal, and the keyed hashes by which the person is
 * recognised; and what else must be free, made by former keys.
 */
export function personMembers(
  { vault, identityKeys }: Deps,
  of: { readonly prefecture: string; readonly requestType: string; readonly id: string },
  person: Person,
) {
  const keys = identityKeys.keysOf(of.prefecture, of.requestType, person);
  const [identity = '', ...otherIdentities] = keys.identities;
  return {
    members: {
      identity,
      ...(otherIdentities.length > 0 ? { otherIdentities } : {}),
      ...(keys.clues.length > 0 ? { clues: keys.clues } : {}),
      sealed: vault.seal(person, personContext(of.prefecture, of.id)),
    },
    former: { formerIdentities: keys.formerIdentities, formerClues: keys.formerClues },
  };
}

/**
 * Asks the registry about the person's AGDREF numbers. Answers whether they must be checked later,
 * because it did not answer.
 *
 * @throws DomainError `document_unknown`
 */
export async function mustCheckLater(
  { registry, metrics }: Pick<UseCaseDeps, 'registry' | 'metrics'>,
  person: Pick<Person, 'document' | 'otherDocuments' | 'name'>,
): Promise<boolean> {
  if (registry === undefined) return false;
  const found = await checkDocuments(registry, documentsOf(person));
  metrics.registryChecks.inc({ outcome: found.answer });
  if (found.answer !== 'unknown') return found.answer === 'unavailable';
  const place = found.index === 0 ? 'document' : `otherDocuments[${found.index - 1}]`;
  throw new DomainError(
    'document_unknown',
    'the national file does not know this AGDREF number: read it once more on the document',
    `person.${place}.number`,
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
