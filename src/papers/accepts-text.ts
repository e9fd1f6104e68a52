import type { Accepts, TimeWindow } from '../allocator/types.ts';
import type { Lang } from './paper.ts';

/** The name of a site, as people know it. */
export type SiteName = (lang: Lang, site: string) => string;

/** Lines of a list that are printed; the rest is counted. */
const MOST_LINES = 8;

const texts = {
  fr: {
    sites: 'Lieux acceptés',
    windows: 'Horaires acceptés',
    dates: 'Dates acceptées',
    anySite: 'tous',
    anyTime: 'tous',
    from: (day: string) => `à partir du ${day}`,
    until: (day: string) => `jusqu’au ${day}`,
    more: (count: number) => `et ${count} de plus`,
    days: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
  },
  en: {
    sites: 'Places accepted',
    windows: 'Times accepted',
    dates: 'Dates accepted',
    anySite: 'any',
    anyTime: 'any',
    from: (day: string) => `from ${day}`,
    until: (day: string) => `until ${day}`,
    more: (count: number) => `and ${count} more`,
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  },
};

/** Where and when a person can come, as names and values. Pure. */
export function acceptsFacts(
  accepts: Accepts | undefined,
  lang: Lang,
  siteName: SiteName,
): [string, string][] {
  const text = texts[lang];
  const { sites, windows, notBefore, notAfter } = accepts ?? {};
  const dates = [
    ...(notBefore ? [text.from(dayOf(notBefore, lang))] : []),
    ...(notAfter ? [text.until(dayOf(notAfter, lang))] : []),
  ];
  return [
    [
      text.sites,
      sites
        ? listed(
            sites.map((site) => siteName(lang, site)),
            lang,
          )
        : text.anySite,
    ],
    [
      text.windows,
      windows
        ? listed(
            windows.map((one) => windowText(one, lang)),
            lang,
          )
        : text.anyTime,
    ],
    ...(dates.length > 0 ? [[text.dates, dates.join(', ')] satisfies [string, string]] : []),
  ];
}

function windowText({ days, from, until }: TimeWindow, lang: Lang): string {
  const names = days.toSorted((a, b) => a - b).map((day) => texts[lang].days[day - 1] ?? '');
  return `${names.join(', ')} ${from}–${until}`;
}

function listed(lines: readonly string[], lang: Lang): string {
  const more = lines.length - MOST_LINES;
  const rest = more > 0 ? [texts[lang].more(more)] : [];
  return [...lines.slice(0, MOST_LINES), ...rest].join('\n');
}

/** `2026-12-03` as `03/12/2026`, or as `03 December 2026`. */
function dayOf(date: string, lang: Lang): string {
  const format = lang === 'fr' ? 'fr-FR' : 'en-GB';
  const style = lang === 'fr' ? 'short' : 'long';
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(format, {
    timeZone: 'UTC',
    day: '2-digit',
    month: style === 'short' ? '2-digit' : 'long',
    year: 'numeric',
  });
}
