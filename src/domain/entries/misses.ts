import type { EntryRecord } from './entry.ts';
import { isInPool } from './pool.ts';

/**
 * An entry with the miss of draw `drawNumber`, in whose pool it was and which it still waits after;
 * undefined if there is none to count, or it was counted. Pure.
 */
export function withMiss(entry: EntryRecord, drawNumber: number): EntryRecord | undefined {
  const { counted = 0, missed } = entry;
  const hasMissed = isInPool(entry, drawNumber) && counted < drawNumber;
  return hasMissed ? { ...entry, missed: missed + 1, counted: drawNumber } : undefined;
}
