import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import type { Language } from '../../base/languages.ts';
import type { Block, Line } from './blocks.ts';

export interface Page {
  readonly language: Language;
  readonly dir: 'ltr' | 'rtl';
  readonly subject: string;
  readonly prefecture: string;
  readonly blocks: readonly Block[];
  readonly footer: readonly Line[];
  readonly other: { readonly language: Language; readonly note: readonly Line[] };
}

/** Reads the layout of HTML messages once. It alone makes HTML, and escapes all that it prints. */
export function loadLayout(): (page: Page) => string {
  const eta = new Eta({ autoEscape: true, autoTrim: [false, 'nl'] });
  const layout = eta.compile(readFileSync(new URL('./layout.html.eta', import.meta.url), 'utf8'));
  return (page) => layout.call(eta, page);
}
