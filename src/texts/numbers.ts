import { LANGUAGES, type Language } from '../base/languages.ts';

/** `12 345,6`, `12,345.6`: grouped, and with at most three places. Pure. */
export function writeNumber(language: Language, value: number): string {
  return value.toLocaleString(LANGUAGES[language].locale);
}

/** A share of 1 in percent, with so many places at most: `12,5 %`, `12.5%`. Pure. */
export function writePercent(language: Language, share: number, places = 0): string {
  return share.toLocaleString(LANGUAGES[language].locale, {
    style: 'percent',
    maximumFractionDigits: places,
  });
}
