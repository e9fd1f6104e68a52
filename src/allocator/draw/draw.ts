import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256, Identifier } from '../../base/types.ts';
import type { Entry, Rules, Slot, Winner } from '../types.ts';
import { sortByRank } from './ranking.ts';
import { fixSeats } from './seating.ts';
import { groupSlots } from './slot-classes.ts';
import { chooseWinners } from './winners.ts';

export interface AllocationInput {
  /** In any order, ids unique. */
  readonly entries: readonly Entry[];
  /** In any order, ids unique. */
  readonly slots: readonly Slot[];
  readonly rules: Rules;
  /** From `seedOf`. */
  readonly seed: Hex256;
}

export interface Allocation {
  /** Every entry, best rank first. */
  readonly ranking: Identifier[];
  /** In rank order. */
  readonly winners: Winner[];
}

/** Ranks, draws and seats (§3 to §5). Pure: the same input, the same result, anywhere. */
export function allocate(input: AllocationInput, sha256: Sha256): Allocation {
  const { entries, slots, rules, seed } = input;
  const ranked = sortByRank(entries, rules, seed, sha256);
  const winners = allocateRanked(ranked, slots, rules);
  return { ranking: ranked.map(({ id }) => id), winners };
}

/**
 * Draws and seats entries whose order is given, best rank first (§4 and §5). Pure.
 * Winners come in rank order.
 */
export function allocateRanked(
  ranked: readonly Entry[],
  slots: readonly Slot[],
  rules: Rules,
): Winner[] {
  const classes = groupSlots(slots);
  return fixSeats(chooseWinners(ranked, classes, rules), classes);
}

/** SHA-256 of the RFC 8785 serialisation of the winners, given in rank order (§5). Pure. */
export function outcomeHash(winners: readonly Winner[], sha256: Sha256): Hex256 {
  // Identifiers need no escape, and `entry` comes before `slot`.
  const items = winners.map(({ entry, slot }) => `{"entry":"${entry}","slot":"${slot}"}`);
  return sha256.hex(`[${items.join()}]`);
}
