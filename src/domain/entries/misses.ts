import type { EntryRecord } from './entry.ts';
import { isInPool } from './pool.ts';
import { withDrawTaken } from './resting.ts';

/**
 * An entry once draw `drawNumber` has ended without an offer to it: in whose pool it was, and which it
 * still waits after. A miss only where it could have come to a slot of that draw (lottery/v2 §9).
 * Undefined if nothing is left to be counted. Pure.
 */
export function withMiss(
  entry: EntryRecord,
  drawNumber: number,
  isEligible: boolean,
): EntryRecord | undefined {
  const { counted = 0, missed } = entry;
  if (!isInPool(entry, drawNumber) || counted >= drawNumber) return undefined;
  if (!isEligible && entry.givenUp === undefined) return undefined;
  const after = { ...entry, missed: missed + (isEligible ? 1 : 0), counted: drawNumber };
  return withDrawTaken(after);
}
