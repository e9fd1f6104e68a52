import { DomainError } from '../../base/errors.ts';
import type { Clue } from '../entries/near-duplicates.ts';

export const DECISIONS = [
  'same_person',
  'different_people',
  'document_good',
  'document_bad',
] as const;
export type Decision = (typeof DECISIONS)[number];

/** Entries that an agent shall look at together. Ids and kinds of clues, nothing else. */
export interface FlaggedSet {
  /** Of a set made by joining: the id of the entry that joined. */
  readonly id: string;
  /** The one that made the set first. */
  readonly entries: readonly string[];
  readonly clues: readonly Clue[];
  readonly atMs: number;
  readonly settled?: Settlement;
}

export interface Settlement {
  readonly decision: Decision;
  /** Of one person: the entry that stays. */
  readonly keep?: string;
  readonly reason: string;
  /** Id of the agent's key. */
  readonly agent: string;
  readonly atMs: number;
}

/**
 * The set of entries that have been there for a while and share a clue. Of the same entries and clue
 * there is one, for its id follows from them. Pure.
 */
export function setOf(entries: readonly string[], clue: Clue, atMs: number): FlaggedSet {
  const sorted = entries.toSorted();
  const id = [...sorted, clue].join('-').slice(0, 48);
  return { id, entries: sorted, clues: [clue], atMs };
}

/**
 * A set with its decision; as it is if it was settled so before. Pure.
 *
 * @throws DomainError `flag_settled` if it was settled otherwise
 */
export function decideFlag(flag: FlaggedSet, settled: Settlement): FlaggedSet {
  if (!flag.settled) return { ...flag, settled };
  const { decision, keep } = flag.settled;
  if (decision === settled.decision && keep === settled.keep) return flag;
  throw new DomainError('flag_settled', `this set is settled: ${decision}`);
}

/** Whether its entries are never to be flagged together again. Pure. */
export function areApart({ decision }: Pick<Settlement, 'decision'>): boolean {
  return decision === 'different_people';
}
