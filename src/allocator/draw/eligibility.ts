import { dayMs } from '../../base/units.ts';
import type { Accepts, Entry, Slot, TimeWindow } from '../types.ts';

/** When and where a slot begins, as its own text says it: no time zone is consulted. */
export interface LocalStart {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM:SS`. */
  readonly time: string;
  /** ISO weekday, 1 (Monday) to 7 (Sunday). */
  readonly weekday: number;
}

/** The local date, weekday and time of a slot's start, read from the text itself. Pure. */
export function localStart(start: string): LocalStart {
  const date = start.slice(0, 10);
  // Date.parse, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const days = Date.parse(`${date}T00:00:00Z`) / dayMs;
  // 1 January 1970 was a Thursday; the double remainder keeps days before it positive.
  return { date, time: start.slice(11, 19), weekday: ((((days + 3) % 7) + 7) % 7) + 1 };
}

/** The instant a slot begins, in milliseconds since 1970. Pure. */
export function startInstantMs(slot: Slot): number {
  return Date.parse(slot.start);
}

/** The places that an entry needs, all of one slot: as many as it has people (v2 §1). Pure. */
export function placesOf({ party = 1 }: Entry): number {
  return party;
}

/**
 * Whether an entry may take a slot (v1 §1, §4, v2 §1): the slot serves its request type, lies within
 * what it accepts, and has as many places as it needs. Pure.
 */
export function isEligible(entry: Entry, slot: Slot): boolean {
  return (
    placesOf(entry) <= slot.capacity &&
    slot.requestTypes.includes(entry.requestType) &&
    isAccepted(entry.accepts, slot.site, localStart(slot.start))
  );
}

/** Whether a place and time lie within what a person accepts; absent accepts anything. Pure. */
export function isAccepted(accepts: Accepts | undefined, site: string, start: LocalStart): boolean {
  if (!accepts) return true;
  const { sites, windows, notBefore, notAfter } = accepts;
  if (sites && !sites.includes(site)) return false;
  // Dates and times of fixed width compare as text; years have four digits.
  if (notBefore !== undefined && start.date < notBefore) return false;
  if (notAfter !== undefined && start.date > notAfter) return false;
  return !windows || windows.some((window) => contains(window, start));
}

/** `HH:MM` sorts before `HH:MM:SS` of the same minute, so `from` is inclusive, `until` exclusive. */
function contains({ days, from, until }: TimeWindow, { time, weekday }: LocalStart): boolean {
  return days.includes(weekday) && from <= time && time < until;
}
