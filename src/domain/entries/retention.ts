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

/**
 * From which instant (ms) what is personal of an entry is erased by itself; undefined while it waits
 * or has a place, once it was erased, and where nobody noted when it ended. Pure.
 */
export function erasedFromMs(
  { state, joinedAtMs, endedAtMs, code }: KeptEntry,
  { unverifiedHours, keepDays }: RetentionPolicy,
): number | undefined {
  if (state === 'unverified') {
    // A code that was just sent again is still to be handed in.
    return Math.max(joinedAtMs + unverifiedHours * hourMs, code?.expiresAtMs ?? 0);
  }
  if (isLiveEntry(state) || state === 'erased' || endedAtMs === undefined) return undefined;
  return endedAtMs + keepDays * dayMs;
}

/** What is to become of an entry at this instant. Pure. */
export function retentionOf(
  entry: KeptEntry,
  policy: RetentionPolicy,
  nowMs: number,
): RetentionVerdict {
  const { state, endedAtMs, since } = entry;
  const eraseMs = erasedFromMs(entry, policy);
  if (eraseMs !== undefined) return nowMs >= eraseMs ? 'erase' : 'keep';
  if (isLiveEntry(state)) return 'keep';
  if (endedAtMs === undefined) return 'date';
  // For a while, so that whoever asks again is told that it was erased.
  const dropMs = endedAtMs + policy.unverifiedHours * hourMs;
  return since === undefined && nowMs >= dropMs ? 'drop' : 'keep';
}
