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
 * The prefecture once it goes on. After a pause of more than an hour nothing expires for a day:
 * people could not answer meanwhile. Pure.
 */
export function resumedPrefecture(
  { paused, graceUntilMs, ...prefecture }: Prefecture,
  nowMs: number,
): Prefecture {
  const wasLong = paused !== undefined && nowMs - paused.sinceMs > shortPauseMs;
  return {
    ...prefecture,
    paused: undefined,
    graceUntilMs: wasLong ? nowMs + graceMs : graceUntilMs,
  };
}
