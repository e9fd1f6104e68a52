import { IntlMessageFormat } from 'intl-messageformat';
import { oneLine } from '../base/one-line.ts';
import type { Arguments, Value, Values } from './arguments.ts';

/** The texts of one area in one language: a key and an ICU message, or several to be listed. */
export type Area = Readonly<Record<string, string | readonly string[]>>;

/** Keys of an area that hold one text. */
export type TextKey<Source extends Area> = {
  [Key in keyof Source & string]: Source[Key] extends string ? Key : never;
}[keyof Source & string];

/** Keys of an area that hold several. */
export type ListKey<Source extends Area> = Exclude<keyof Source & string, TextKey<Source>>;

/** The arguments of a text, or of all texts of a list, as a parameter list: none at all is nothing. */
export type Given<Patterns> = keyof Needed<Patterns> extends never
  ? []
  : [values: Readonly<Needed<Patterns>>];

type Needed<Patterns> = Patterns extends string
  ? Arguments<Patterns>
  : Patterns extends readonly [infer First, ...infer Rest]
    ? Needed<First> & Needed<Rest>
    : unknown;

/** Writes the texts of one area in one language. A key or an argument that is missing does not compile. */
export interface Texts<Source extends Area> {
  <Key extends TextKey<Source>>(key: Key, ...given: Given<Source[Key]>): string;
  /** All texts of a list, in order, with the same arguments. */
  list<Key extends ListKey<Source>>(key: Key, ...given: Given<Source[Key]>): string[];
}

/**
 * How texts are set. `plain`, for messages: with ' for ’, which the alphabet of SMS lacks, and every
 * value on one line, whatever a stranger typed into it.
 */
export type Setting = 'typeset' | 'plain';

/** Writes a text of one language: its source is read at most once. */
type Write = (values?: Values) => string;

/**
 * Makes the writer of one area. Messages are read when they are first written, and kept. Pure, and
 * fit for a browser.
 *
 * @throws Error when a text is written that is no ICU message, or whose argument is missing.
 */
export function createTexts<Source extends Area>(
  area: Area,
  locale: string,
  setting: Setting = 'typeset',
): Texts<Source> {
  const written = new Map<string, readonly Write[]>();
  const writersOf = (key: string): readonly Write[] => {
    const known = written.get(key);
    if (known) return known;
    const patterns = area[key];
    if (patterns === undefined) throw new Error(`no text ${key}`);
    const made = [patterns].flat().map((pattern) => writerOf(pattern, locale, setting));
    written.set(key, made);
    return made;
  };
  const write = (key: string, values?: Values) => writersOf(key)[0]?.(values) ?? '';
  const list = (key: string, values?: Values) => writersOf(key).map((one) => one(values));
  return Object.assign(write, { list }) as Texts<Source>; // its keys are checked where it is called
}

function writerOf(pattern: string, locale: string, setting: Setting): Write {
  if (!/[{}]/.test(pattern)) {
    const text = setting === 'plain' ? pattern.replaceAll('’', "'") : pattern;
    return () => text;
  }
  // In an ICU message two quotes are one; a single one would quote what follows.
  const source = setting === 'plain' ? pattern.replaceAll('’', "''") : pattern;
  const message = new IntlMessageFormat(source, locale, undefined, { ignoreTag: true });
  return (values = {}) => String(message.format<Value>(checked(values, setting)));
}

/** Nobody shall read "undefined", nor a sentence with a hole. */
function checked(values: Values, setting: Setting): Values {
  const entries = Object.entries(values).map(([name, value]): [string, Value] => {
    if (value === undefined) throw new Error(`a text lacks its ${name}`);
    return [name, typeof value === 'string' && setting === 'plain' ? oneLine(value) : value];
  });
  return Object.fromEntries(entries);
}
