import { DateTime, IANAZone } from 'luxon';

// All that is known of clocks on walls stands here, so that Temporal will be a change of one file.

/** `2026-12-01`: the date at an instant, in a zone. Pure. */
export function localDate(atMs: number, timeZone: string): string {
  return DateTime.fromMillis(atMs, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

/** `2026-W49`: the ISO week at an instant, in a zone. Pure. */
export function localWeek(atMs: number, timeZone: string): string {
  return DateTime.fromMillis(atMs, { zone: timeZone }).toFormat("kkkk-'W'WW");
}

/** Minutes that a zone is ahead of UTC at an instant. */
export type OffsetAt = (atMs: number) => number;

/**
 * The offsets of a zone. Pure.
 *
 * @throws Error if the runtime does not know the zone.
 */
export function offsetsOf(timeZone: string): OffsetAt {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid) throw new Error(`unknown time zone ${timeZone}`);
  return (atMs) => zone.offset(atMs);
}

/** Whether a text is an instant that exists: `2026-02-31T09:00:00+01:00` does not. Pure. */
export function isRealInstant(text: string): boolean {
  // Date.parse takes the 31st of February for a day in March, luxon takes a date without a time.
  return !Number.isNaN(Date.parse(text)) && DateTime.fromISO(text, { setZone: true }).isValid;
}

/** Whether `YYYY-MM-DD` is a date that exists. Pure. */
export function isRealDate(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && DateTime.fromISO(date, { zone: 'utc' }).isValid;
}

/** `count` dates from a real `YYYY-MM-DD` on, one after the other. Pure. */
export function datesFrom(date: string, count: number): string[] {
  const first = DateTime.fromISO(date, { zone: 'utc' });
  return Array.from({ length: count }, (_, days) => first.plus({ days }).toFormat('yyyy-MM-dd'));
}

/** The ISO weekday of a real `YYYY-MM-DD`: 1 is Monday. Pure. */
export function weekdayOf(date: string): number {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday;
}

/**
 * `2026-12-01T09:30:00+01:00`: the instant of a real date and `HH:MM` in a zone; undefined if no
 * clock shows that time on that day, because clocks go forward over it. Of a time that comes
 * twice, the first. Pure.
 */
export function localInstant(date: string, time: string, timeZone: string): string | undefined {
  const at = DateTime.fromISO(`${date}T${time}`, { zone: timeZone });
  // Luxon moves on over a missing hour; we do not guess what was meant.
  return at.toFormat('HH:mm') === time ? at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ") : undefined;
}
