import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import { type Language, languages } from '../../base/languages.ts';
import { MESSAGE_KINDS, type MessageKind } from '../../domain/messages/kinds.ts';
import type { Block } from './blocks.ts';

/** What a template may print: short texts of one line. */
export type Words = Readonly<Record<string, string | boolean>>;

type Section = 'subject' | 'sms' | 'note' | 'body' | 'footer';

export interface Page {
  readonly language: Language;
  readonly subject: string;
  readonly prefecture: string;
  readonly blocks: readonly Block[];
  readonly footer: readonly string[];
  readonly other: { readonly language: Language; readonly note: readonly string[] };
}

export interface Templates {
  /** Fills one section of a message's template, or of `common`. */
  fill(name: MessageKind | 'common', language: Language, section: Section, words: Words): string;
  html(page: Page): string;
}

/**
 * Reads and compiles every template once. A message's template is plain text in sections
 * (`@subject`, `@sms`, `@note`, `@body`), so that a translator sees one file per message and
 * language. Only the HTML layout makes HTML, and it escapes all that it prints.
 */
export function loadTemplates(): Templates {
  const plain = new Eta({
    autoEscape: false,
    autoTrim: false,
    autoFilter: true,
    filterFunction: printable,
  });
  const layout = new Eta({ autoEscape: true, autoTrim: [false, 'nl'] });
  const html = layout.compile(read('layout.html'));
  const sections = new Map(
    languages.flatMap((language) =>
      [...MESSAGE_KINDS, 'common'].flatMap((name) =>
        split(read(`${name}.${language}`)).map(({ section, text }) => [
          `${name}.${language}.${section}`,
          plain.compile(text),
        ]),
      ),
    ) as [string, ReturnType<Eta['compile']>][], // flatMap widens the pairs to arrays
  );
  return {
    fill(name, language, section, words) {
      const template = sections.get(`${name}.${language}.${section}`);
      if (!template) throw new Error(`template ${name}.${language} has no section ${section}`);
      return template.call(plain, words).trim();
    },
    html: (page) => html.call(layout, page),
  };
}

/** A word that is missing is a bug; nobody shall receive "undefined". */
function printable(value: unknown): string {
  if (typeof value !== 'string') throw new Error('a template prints a word that its facts lack');
  return value;
}

function read(name: string): string {
  return readFileSync(new URL(`./templates/${name}.eta`, import.meta.url), 'utf8');
}

function split(file: string): { section: string; text: string }[] {
  return file
    .split(/^@/m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { section: part.slice(0, end).trim(), text: part.slice(end + 1) };
    });
}
