import type { Language } from '../../base/languages.ts';
import { textsOf } from '../../texts/catalogues.ts';
import { type Html, htmlText } from './html.ts';

/** A term and what it stands at, with the colon as the language sets it. Pure. */
export function fact(lang: Language, term: string | Html, value: string | Html): Html {
  return htmlText({ term, value }, (marks) => textsOf('common', lang)('fact', marks));
}
