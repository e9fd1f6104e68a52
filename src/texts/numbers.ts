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

/** What stands between thousands, and before decimals. Pure. */
export function numberSigns(language: Language): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(LANGUAGES[language].locale).formatToParts(1_234_567.5);
  const sign = (name: 'group' | 'decimal') => parts.find(({ type }) => type === name)?.value ?? '';
  return { group: sign('group'), decimal: sign('decimal') };
}

/** `a, b et c`, `a, b and c`. Pure. */
export function writeList(language: Language, items: readonly string[]): string {
  return new Intl.ListFormat(LANGUAGES[language].locale, { type: 'conjunction' }).format(items);
}
