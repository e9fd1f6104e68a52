import { createTexts, type Texts } from '../../../texts/message.ts';
import type { Source, Translation } from '../../../texts/translation.ts';

type Area = Source['verifierInBrowser'];

/** A language, its texts, and how an element of it is marked. */
export interface BrowserLanguage {
  /** BCP 47: how numbers are written. */
  readonly locale: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly texts: Translation<Area>;
}

/** Every language, put in when the page is made. */
declare const TEXTS: readonly BrowserLanguage[];

/** Says something in a language; shares of 1 are written in percent by `percent`. */
export type Say = (text: Texts<Area>, percent: (share: number) => string) => string;

const languages = TEXTS.map(({ texts, locale, attributes }) => {
  const percent = (share: number) => share.toLocaleString(locale, { style: 'percent' });
  return { text: createTexts<Area>(texts, locale), percent, attributes };
});

/** What is said in each language, with the marks of its element. */
export function said(say: Say): Pick<BrowserLanguage & { text: string }, 'text' | 'attributes'>[] {
  return languages.map(({ text, percent, attributes }) => ({
    text: say(text, percent),
    attributes,
  }));
}

/** A number as the first language writes it: it stands once for all of them. */
export function writeCount(count: number): string {
  return count.toLocaleString(TEXTS[0]?.locale);
}
