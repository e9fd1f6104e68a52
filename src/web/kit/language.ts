import { LANGUAGES, type Language, languages } from '../../base/languages.ts';
import { type Html, html } from './html.ts';

/** Which way a text runs. */
type Direction = (typeof LANGUAGES)[Language]['dir'] | 'rtl';

/** Which way a language is written. Pure. */
export function directionOf(language: Language): Direction {
  return LANGUAGES[language].dir;
}

/** The address of a page in a language: the first language is what it speaks unasked. Pure. */
export function inLanguage(address: string, language: Language): string {
  return language === languages[0] ? address : `${address}?lang=${language}`;
}

/**
 * Attributes of an element whose text is in a language. `around`: which way the text around it runs;
 * only where that is another way does it have to be said. Pure.
 */
export function languageAttributes(language: Language, around: Direction = 'ltr'): Html {
  const dir = directionOf(language);
  return html` lang="${language}"${dir === around ? '' : html` dir="${dir}"`}`;
}
