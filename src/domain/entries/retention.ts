import { dayMs, hourMs } from '../../base/units.ts';
import { type EntryState, isLiveEntry } from './state.ts';

/** For how long things are kept. */
export interface RetentionPolicy {
  /** An entry that was never verified, from joining on. */
  readonly unverifiedHours: number;
  /** Personal data of an entry that has ended. */
  readonly keepDays: number;
}

/** What retention looks at in an entry. */
export interface KeptEntry {
  readonly state: EntryState;
  readonly joinedAtMs: number;
  readonly endedAtMs?: number;
  /** Absent: it never waited, so that no draw ever knew it. */
  readonly since?: number;
  readonly code?: { readonly expiresAtMs: number };
}

/**
 * `keep` as it is; `date`: it has ended, and nobody noted when; `erase` what is personal; `drop`
 * what is left, for nothing public speaks of it.
 */
export type RetentionVerdict = 'keep' | 'date' | 'erase' | 'drop';

/** What is to become of an entry at this instant. Pure. */
export function retentionOf(
  entry: KeptEntry,
  policy: RetentionPolicy,
  nowMs: number,
): RetentionVerdict {
  const { state, joinedAtMs, endedAtMs, since, code } = entry;
  const unverifiedMs = policy.unverifiedHours * hourMs;
  if (state === 'unverified') {
    const isOver = nowMs >= joinedAtMs + unverifiedMs;
    // A code that was just sent again is still to be handed in.
    return isOver && nowMs >= (code?.expiresAtMs ?? 0) ? 'erase' : 'keep';
  }
  if (isLiveEntry(state)) return 'keep';
  if (endedAtMs === undefined) return 'date';
  if (state !== 'erased') return nowMs >= endedAtMs + policy.keepDays * dayMs ? 'erase' : 'keep';
  // For a while, so that whoever asks again is told that it was erased.
  return since === undefined && nowMs >= endedAtMs + unverifiedMs ? 'drop' : 'keep';
}
