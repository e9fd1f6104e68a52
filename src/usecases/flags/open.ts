import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { FlaggedSet } from '../../domain/flags/flagged-set.ts';
import { personContext } from '../../identity/person/context.ts';
import type { Person } from '../../identity/person/person.ts';
import type { UseCaseDeps } from '../deps.ts';

/** The person of an entry, opened. */
export interface OpenedPerson {
  readonly entry: string;
  readonly person: Person;
}

/** The entries of a flagged set that are still there. */
export async function flaggedEntries(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  { entries }: FlaggedSet,
): Promise<EntryRecord[]> {
  const found = await store.entries.getMany(prefecture, entries);
  return found.flatMap((stored) => (stored ? [stored.value] : []));
}

/**
 * Opens whose entries those of a flagged set are, as far as they were not erased.
 *
 * @throws DomainError `flag_not_found`
 */
export async function openFlaggedSet(
  deps: Pick<UseCaseDeps, 'store' | 'vault'>,
  prefecture: string,
  flagId: string,
): Promise<{ readonly set: FlaggedSet; readonly people: readonly OpenedPerson[] }> {
  const set = await deps.store.flags.get(prefecture, flagId);
  const entries = await flaggedEntries(deps, prefecture, set);
  const people = entries
    .filter(({ sealed }) => sealed !== '')
    .map(({ id, sealed }) => {
      return { entry: id, person: deps.vault.open(sealed, personContext(prefecture, id)) };
    });
  return { set, people };
}
