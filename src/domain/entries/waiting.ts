import type { EntryRecord } from './entry.ts';

/** What tells when an entry was on the waitlist. */
export type WaitingTime = Pick<
  EntryRecord,
  'state' | 'joinedAtMs' | 'waitingSinceMs' | 'since' | 'endedAtMs'
>;

/** When an entry first began to wait; of one that never did, or an old one, when it joined. Pure. */
export function firstWaitMs({
  waitingSinceMs,
  joinedAtMs,
}: Pick<EntryRecord, 'waitingSinceMs' | 'joinedAtMs'>): number {
  return waitingSinceMs ?? joinedAtMs;
}

/** Whether an entry ever was on the waitlist: a draw may know it. Pure. */
export function hasWaited({ state, waitingSinceMs, since }: WaitingTime): boolean {
  return state !== 'unverified' && (waitingSinceMs !== undefined || since !== undefined);
}

/** Whether a draw that froze at an instant did so while the entry was there. Pure. */
export function wasThere(entry: WaitingTime, frozenAtMs: number): boolean {
  const { endedAtMs = Number.POSITIVE_INFINITY } = entry;
  return hasWaited(entry) && firstWaitMs(entry) <= frozenAtMs && frozenAtMs <= endedAtMs;
}
