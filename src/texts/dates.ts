import { LANGUAGES, type Language } from '../base/languages.ts';
import { textsOf } from './catalogues.ts';

/** An instant as a person reads it, in a given zone. */
export interface WrittenDate {
  /** `mardi 1er décembre 2026`, `Tuesday 1 December 2026`. */
  readonly day: string;
  /** `9 h 30`, `9:30`. */
  readonly time: string;
  /** Day and time in one phrase. */
  readonly when: string;
  /** For SMS: `1er décembre à 9 h 30`, `1 December at 9:30`. */
  readonly short: string;
}

export type WriteDate = (language: Language, timeZone: string, atMs: number) => WrittenDate;

type PartName = 'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute';

/** Makes a function that writes dates out; it keeps one formatter per language and zone. */
export function createDateWriter(): WriteDate {
  const formats = new Map<string, Intl.DateTimeFormat>();
  const formatOf = (language: Language, timeZone: string) => {
    const name = `${language} ${timeZone}`;
    const format = formats.get(name) ?? newFormat(language, timeZone);
    formats.set(name, format);
    return format;
  };
  return (language, timeZone, atMs) => {
    const text = textsOf('common', language);
    const part = partsOf(formatOf(language, timeZone), atMs);
    const dayMonth = text('date.dayMonth', { day: part('day'), month: part('month') });
    const values = { weekday: part('weekday'), dayMonth, year: part('year') };
    const day = text('date.day', values);
    const hour = String(Number(part('hour')));
    const time = text('date.time', { hour, minute: part('minute') });
    const when = (of: string) => text('date.when', { day: of, time });
    return { day, time, when: when(day), short: when(dayMonth) };
  };
}

/** `2026-12-03` as `03/12/2026`, or as `03 December 2026`. Pure. */
export function writeDay(language: Language, date: string): string {
  const text = textsOf('common', language);
  const month = text('date.monthWidth') === 'long' ? 'long' : '2-digit';
  const style = { timeZone: 'UTC', day: '2-digit', month, year: 'numeric' } as const;
  const format = new Intl.DateTimeFormat(LANGUAGES[language].locale, style);
  const part = partsOf(format, Date.parse(`${date}T00:00:00Z`));
  return text('date.numeric', { day: part('day'), month: part('month'), year: part('year') });
}

/** Days of the week by their names, Monday first: `lundi`, or `lun.` if they are to be short. Pure. */
export function weekdayNames(language: Language, weekday: 'long' | 'short'): string[] {
  const { locale } = LANGUAGES[language];
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday });
  // 5 January 1970 was a Monday.
  return [5, 6, 7, 8, 9, 10, 11].map((day) => format.format(Date.UTC(1970, 0, day)));
}

function partsOf(format: Intl.DateTimeFormat, atMs: number): (name: PartName) => string {
  const parts = format.formatToParts(atMs);
  return (name) => parts.find(({ type }) => type === name)?.value ?? '';
}

function newFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LANGUAGES[language].locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
