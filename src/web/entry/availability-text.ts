import type { Language } from '../../base/languages.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { weekdayNames } from '../../texts/dates.ts';

/** What a person accepts, as it was frozen. */
export interface Availability {
  /** Absent: any site. */
  readonly sites?: readonly string[];
  /** Absent: any time. Weekdays are 1 (Monday) to 7, times `HH:MM`. */
  readonly windows?: readonly {
    readonly days: readonly number[];
    readonly from: string;
    readonly until: string;
  }[];
  /** `YYYY-MM-DD`, inclusive. */
  readonly notBefore?: string;
  readonly notAfter?: string;
}

/** What a person accepts, in words. Sites keep their ids, as they were hashed. Pure. */
export function availabilityText(accepts: Availability | undefined, lang: Language): string {
  const text = textsOf('explanation', lang);
  if (!accepts) return text('availability.any');
  const { sites, windows = [], notBefore, notAfter } = accepts;
  const names = weekdayNames(lang, 'long');
  const times = windows.map(({ days, from, until }) => {
    const named = days.map((day) => names[day - 1] ?? '').join(', ');
    return text('availability.window', { days: named, from, until });
  });
  return [
    sites ? sites.join(', ') : text('availability.anySite'),
    ...times,
    ...(notBefore === undefined ? [] : [text('availability.notBefore', { day: notBefore })]),
    ...(notAfter === undefined ? [] : [text('availability.notAfter', { day: notAfter })]),
  ].reduce((first, next) => text('availability.and', { first, next }));
}
