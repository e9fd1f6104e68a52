import type { Accepts, TimeWindow } from '../allocator/types.ts';
import type { Language } from '../base/languages.ts';
import { textsOf } from '../texts/catalogues.ts';
import { weekdayNames, writeDay } from '../texts/dates.ts';

/** The name of a site, as people know it. */
export type SiteName = (language: Language, site: string) => string;

/** Lines of a list that are printed; the rest is counted. */
const MOST_LINES = 8;

/** Where and when a person can come, as names and values. Pure. */
export function acceptsFacts(
  accepts: Accepts | undefined,
  language: Language,
  siteName: SiteName,
): [string, string][] {
  const text = textsOf('papers', language);
  const { sites, windows, notBefore, notAfter } = accepts ?? {};
  const dates = [
    ...(notBefore ? [text('accepts.from', { day: writeDay(language, notBefore) })] : []),
    ...(notAfter ? [text('accepts.until', { day: writeDay(language, notAfter) })] : []),
  ];
  const siteNames = sites?.map((site) => siteName(language, site));
  const times = windows?.map((one) => windowText(one, language));
  return [
    [text('accepts.sites'), siteNames ? listed(siteNames, language) : text('accepts.anySite')],
    [text('accepts.windows'), times ? listed(times, language) : text('accepts.anyTime')],
    ...(dates.length > 0
      ? [[text('accepts.dates'), dates.join(', ')] satisfies [string, string]]
      : []),
  ];
}

function windowText({ days, from, until }: TimeWindow, language: Language): string {
  const weekdays = weekdayNames(language, 'short');
  const names = days.toSorted((a, b) => a - b).map((day) => weekdays[day - 1] ?? '');
  return `${names.join(', ')} ${from}–${until}`;
}

function listed(lines: readonly string[], language: Language): string {
  const count = lines.length - MOST_LINES;
  const rest = count > 0 ? [textsOf('papers', language)('accepts.more', { count })] : [];
  return [...lines.slice(0, MOST_LINES), ...rest].join('\n');
}
