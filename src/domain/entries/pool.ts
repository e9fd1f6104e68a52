import type { Entry, Rules } from '../../allocator/types.ts';
import { isOwed } from './amends.ts';
import type { EntryRecord } from './entry.ts';
import { isResting } from './resting.ts';

type Waiting = Pick<EntryRecord, 'state' | 'since'>;

/**
 * Whether a waiting entry is in the pool of draw `drawNumber`, if that is for its request type; the freeze
 * is its instant. Draws are numbered over the whole prefecture, whatever types they are for. Pure.
 */
export function isInPool(entry: Waiting, drawNumber: number): boolean {
  return entry.state === 'waiting' && beganBefore(entry, drawNumber);
}

/**
 * Whether an entry last began to wait before draw `drawNumber`, whatever became of it since: it was
 * in the pool of that draw if it waited at its freeze. Pure.
 */
export function beganBefore(
  { since = 0 }: Pick<EntryRecord, 'since'>,
  drawNumber: number,
): boolean {
  return since < drawNumber;
}

/** Who sits out draws waits from the last of them on; all others from the latest draw on. Pure. */
export function waitsFrom({ since = 0 }: Pick<EntryRecord, 'since'>, drawNumber: number): number {
  return Math.max(since, drawNumber);
}

/** Whether an entry is on the priority track at an instant. Pure. */
export function isPrior({ priority }: Pick<EntryRecord, 'priority'>, atMs: number): boolean {
  return priority !== undefined && atMs < priority.untilMs;
}

/**
 * What lottery/v2 hashes of an entry in a draw that is frozen at an instant by these rules, and
 * nothing else. Pure.
 */
export function drawEntry(entry: EntryRecord, frozenAtMs: number, { ageing }: Rules): Entry {
  const { id, requestType, missed, party, accepts } = entry;
  return {
    id,
    requestType,
    missed,
    ...(isPrior(entry, frozenAtMs) ? { priority: true } : {}),
    ...(isOwed(entry) ? { owed: true } : {}),
    ...(isResting(entry, ageing?.guaranteeRest ?? 0) ? { resting: true } : {}),
    ...(accepts ? { accepts } : {}),
    ...(party === undefined ? {} : { party }),
  };
}
