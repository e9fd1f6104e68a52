/** Up to this many times the work of a calm block. Beyond, phones behind one address would give up. */
export const MOST_WORK = 16;

/** Challenges that one address block asked for, in two windows of time next to each other. */
export interface Asked {
  /** In the window under way. */
  readonly current: number;
  /** In the one before. */
  readonly previous: number;
  /** How much of the window under way is over: 0 to 1. */
  readonly elapsed: number;
}

/**
 * How many challenges were asked for in about one window back from now: all of the window under
 * way, and of the one before what has not faded yet. Falls to nothing by itself. Pure.
 */
export function recentlyAsked({ current, previous, elapsed }: Asked): number {
  return current + previous * (1 - Math.min(1, Math.max(0, elapsed)));
}

/**
 * How many times the least work a device is given: once while its block is calm, then in proportion
 * to what the block asks for, up to `MOST_WORK`. Whoever asks twice as often works twice as long
 * for each, so a flood costs with the square of its size. Pure.
 *
 * @param asked challenges of the block lately, this one included
 * @param calm how many of them are no reason to think of a flood
 */
export function workFactor(asked: number, calm: number): number {
  return Math.min(MOST_WORK, Math.max(1, asked / Math.max(1, calm)));
}
