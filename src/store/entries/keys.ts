import type { EntryRecord } from '../../domain/entries/entry.ts';

/** The keys of a person, as an entry keeps them. */
type Keyed = Pick<EntryRecord, 'identity' | 'otherIdentities' | 'clues'>;

/**
 * Every keyed hash under which the store knows an entry: what leaving and erasing must free. The
 * entry keeps them itself, so they are found whatever key of the keyring made them. Pure.
 */
export function keysOfEntry({ identity, otherIdentities = [], clues = [] }: Keyed) {
  return { identities: [identity, ...otherIdentities].filter((key) => key !== ''), clues };
}

/** The same in one text, as scripts take it: `<identity> …|<clue> …`. Pure. */
export function heldKeys(entry: Keyed): string {
  const { identities, clues } = keysOfEntry(entry);
  return `${identities.join(' ')}|${clues.join(' ')}`;
}
