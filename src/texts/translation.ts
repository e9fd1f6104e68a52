import type { catalogue as french } from './fr/index.ts';
import type { Area } from './message.ts';

/** French is the source: its keys and the arguments of its texts are those of every language. */
export type Source = typeof french;
export type AreaName = keyof Source;

/** An area in another language: the same keys. That arguments are the same is under test. */
export type Translation<French extends Area> = {
  readonly [Key in keyof French]: French[Key] extends string ? string : readonly string[];
};

/** All texts of a language. */
export type Catalogue = { readonly [Name in AreaName]: Translation<Source[Name]> };
