import { z } from 'zod';

interface LanguageRow {
  /** What the language calls itself. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  /** BCP 47: how dates and numbers are written. */
  readonly locale: string;
}

/** Every language that texts for people exist in, the first one first. */
export const LANGUAGES = {
  fr: { name: 'Français', dir: 'ltr', locale: 'fr-FR' },
  en: { name: 'English', dir: 'ltr', locale: 'en-GB' },
} as const satisfies Readonly<Record<string, LanguageRow>>;

export type Language = keyof typeof LANGUAGES;

/** The language that every text exists in: other catalogues and labels are translations of it. */
export const SOURCE_LANGUAGE = 'fr' satisfies Language;

/** The language of what programs say: problem documents, the reasons of verifiers. */
export const TECHNICAL_LANGUAGE = 'en' satisfies Language;

/** The codes of all languages, in the order of the table. */
export const languages = Object.keys(LANGUAGES) as [Language, ...Language[]]; // it has some

export const Language = z.enum(languages);
