import { hourMs } from '../../base/units.ts';

/** After this long a join counts half: what is "over a day" fades, and has no midnight to wait for. */
export const HALF_LIFE_MS = 12 * hourMs;

/** Joins of one network or mail domain, as they stood at an instant. */
export interface DayLoad {
  readonly joins: number;
  readonly atMs: number;
}

/** What is left of a load. Pure. */
export function loadAt({ joins, atMs }: DayLoad, nowMs: number): number {
  return joins * 2 ** (-Math.max(0, nowMs - atMs) / HALF_LIFE_MS);
}

/**
 * How many times the least work a join costs its network and its mail domain: once while they are
 * calm, then with the square of what joined from there, without bound. So twice as many entries of nobody
 * cost eight times as much in all. Pure.
 *
 * @param joins what is left of the joins of about a day
 * @param calm how many of them are no reason to think of a flood
 */
export function dayFactor(joins: number, calm: number): number {
  return Math.max(1, (joins / Math.max(1, calm)) ** 2);
}
