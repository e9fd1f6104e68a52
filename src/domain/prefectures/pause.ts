import { hourMs } from '../../base/units.ts';
import type { Prefecture } from './prefecture.ts';

/** A pause shorter than this took nobody's time to answer. */
const shortPauseMs = hourMs;
/** After a longer one people have this long before anything expires. */
const graceMs = 24 * hourMs;

/** The prefecture once it is paused; a pause that runs keeps its beginning. Pure. */
export function pausedPrefecture(
  prefecture: Prefecture,
  reason: string,
  nowMs: number,
): Prefecture {
  return { ...prefecture, paused: { reason, sinceMs: prefecture.paused?.sinceMs ?? nowMs } };
}

/**
 * Until when nothing expires if the pause ends now: for a day after one of more than an hour, for
 * people could not answer meanwhile; else as before. Pure.
 */
export function graceAfter(
  { paused, graceUntilMs }: Pick<Prefecture, 'paused' | 'graceUntilMs'>,
  nowMs: number,
): number {
  const wasLong = paused !== undefined && nowMs - paused.sinceMs > shortPauseMs;
  return wasLong ? nowMs + graceMs : graceUntilMs;
}

/** The prefecture once it goes on, with the grace that its pause gives. Pure. */
export function resumedPrefecture(prefecture: Prefecture, nowMs: number): Prefecture {
  return { ...prefecture, paused: undefined, graceUntilMs: graceAfter(prefecture, nowMs) };
}
