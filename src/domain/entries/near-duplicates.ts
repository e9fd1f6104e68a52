import type { Identifier } from '../../base/types.ts';

/** What two entries have in common that may mean: one person. */
export const CLUES = ['email', 'phone', 'name', 'document', 'registry'] as const;
export type Clue = (typeof CLUES)[number];

/** A live entry that has something in common with one that joins. */
export interface NearEntry {
  readonly id: Identifier;
  readonly requestType: Identifier;
  readonly identities: readonly string[];
  readonly clues: readonly Clue[];
}

interface Joining {
  readonly requestType: Identifier;
  /** Identities that an agent found to belong to other people than the one who joins. */
  readonly different: ReadonlySet<string>;
  /** An agent said, with a reason, that the contact is shared: it is no clue. */
  readonly contactShared: boolean;
}

/** Most other entries that one flagged set names. An agent who settles it sees who is left. */
export const MOST_IN_SET = 50;

/**
 * Which entries an agent should look at together with one that joins: those of the same request
 * type that share a clue, unless they were found to be other people before. Pure.
 */
export function suspects(joining: Joining, near: readonly NearEntry[]): NearEntry[] {
  return near
    .filter(({ requestType }) => requestType === joining.requestType)
    .filter(({ identities }) => !identities.some((identity) => joining.different.has(identity)))
    .map((entry) => ({ ...entry, clues: entry.clues.filter((clue) => counts(joining, clue)) }))
    .filter(({ clues }) => clues.length > 0)
    .slice(0, MOST_IN_SET);
}

function counts({ contactShared }: Joining, clue: Clue): boolean {
  return !contactShared || (clue !== 'email' && clue !== 'phone');
}

/**
 * The contact that stands for as many live entries as it may, if one does. `limit` undefined: an
 * agent lifted it; only the bound on what one list can hold is left. Pure.
 */
export function exhaustedContact(
  near: readonly Pick<NearEntry, 'clues'>[],
  limit: number = MOST_PER_CONTACT,
): 'email' | 'phone' | undefined {
  return (['email', 'phone'] as const).find(
    (contact) => near.filter(({ clues }) => clues.includes(contact)).length >= limit,
  );
}

/** Most entries of one contact, whoever allows it. */
export const MOST_PER_CONTACT = 200;
