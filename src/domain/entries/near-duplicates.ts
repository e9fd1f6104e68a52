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

/** What others have in common with an entry that joins comes to. */
export type Likeness =
  /** A contact stands for as many live entries as it may: these. */
  | {
      readonly outcome: 'exhausted';
      readonly contact: 'email' | 'phone';
      readonly entries: readonly string[];
    }
  /** An agent should look at it together with these, because of these clues. */
  | {
      readonly outcome: 'like';
      readonly entries: readonly string[];
      readonly clues: readonly Clue[];
    }
  | { readonly outcome: 'alone' };

/**
 * Judges an entry that joins by what others have in common with it. `entriesPerContact` undefined:
 * an agent said that the contact is shared. Pure.
 */
export function judgeLikeness(
  requestType: Identifier,
  near: readonly NearEntry[],
  {
    different,
    entriesPerContact,
  }: Pick<Joining, 'different'> & { readonly entriesPerContact: number | undefined },
): Likeness {
  const contact = exhaustedContact(near, entriesPerContact);
  if (contact) {
    const entries = near.filter(({ clues }) => clues.includes(contact)).map(({ id }) => id);
    return { outcome: 'exhausted', contact, entries };
  }
  const contactShared = entriesPerContact === undefined;
  const found = suspects({ requestType, different, contactShared }, near);
  if (found.length === 0) return { outcome: 'alone' };
  const clues = [...new Set(found.flatMap((one) => one.clues))].sort();
  return { outcome: 'like', entries: found.map(({ id }) => id), clues };
}
