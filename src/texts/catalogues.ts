import { LANGUAGES, type Language, languages } from '../base/languages.ts';
import { createTexts, type Setting, type Texts } from './message.ts';
import type { AreaName, Catalogue, Source } from './translation.ts';

const catalogues = new Map<Language, Catalogue>();
const kept = new Map<string, unknown>();

/** Makes the texts of a language known, in place of those known before. */
export function register(language: Language, catalogue: Catalogue): void {
  catalogues.set(language, catalogue);
  kept.clear();
}

// One folder for each row of the table of languages: nothing else names them.
for (const language of languages) {
  const { catalogue } = await import(`./${language}/index.ts`);
  register(language, catalogue);
}

/** The texts of a language as they stand in its folder: for tests, and for what runs in a browser. */
export function catalogueOf(language: Language): Catalogue {
  const catalogue = catalogues.get(language);
  if (!catalogue) throw new Error(`no texts in language ${language}`);
  return catalogue;
}

/** Writes the texts of an area in a language: `textsOf('papers', language)('receipt.title')`. */
export function textsOf<Name extends AreaName>(
  area: Name,
  language: Language,
  setting: Setting = 'typeset',
): Texts<Source[Name]> {
  const name = `${language} ${area} ${setting}`;
  const made =
    kept.get(name) ?? createTexts(catalogueOf(language)[area], LANGUAGES[language].locale, setting);
  kept.set(name, made);
  return made as Texts<Source[Name]>; // kept by its area's name
}
