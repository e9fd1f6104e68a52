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

/** Says something in a language. */
export type Say = (text: Texts<Area>) => string;

const languages = TEXTS.map(({ texts, locale, attributes }) => {
  return { text: createTexts<Area>(texts, locale), attributes };
});

/** What is said in each language, with the marks of its element. */
export function said(say: Say): Pick<BrowserLanguage & { text: string }, 'text' | 'attributes'>[] {
  return languages.map(({ text, attributes }) => ({ text: say(text), attributes }));
}

/** A number as the first language writes it: it stands once for all of them. */
export function writeCount(count: number): string {
  return count.toLocaleString(TEXTS[0]?.locale);
}
