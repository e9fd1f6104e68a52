import type { Language } from '../../base/languages.ts';

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

const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

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
    const parts = formatOf(language, timeZone).formatToParts(atMs);
    const part = (type: Intl.DateTimeFormatPartTypes) =>
      parts.find((one) => one.type === type)?.value ?? '';
    const hour = String(Number(part('hour')));
    const [number, at] = [part('day'), language === 'fr' ? 'à' : 'at'];
    // Only the first of the month is an ordinal in French.
    const date = `${language === 'fr' && number === '1' ? '1er' : number} ${part('month')}`;
    const day = `${part('weekday')} ${date} ${part('year')}`;
    const time = language === 'fr' ? `${hour} h ${part('minute')}` : `${hour}:${part('minute')}`;
    return { day, time, when: `${day} ${at} ${time}`, short: `${date} ${at} ${time}` };
  };
}

function newFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], {
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
