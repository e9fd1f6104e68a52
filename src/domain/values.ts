import { z } from 'zod';
import { type Language, languages, SOURCE_LANGUAGE } from '../base/languages.ts';

/** `^[A-Za-z0-9._-]{1,48}$`, as in lottery/v1. */
export const Identifier = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/);

const Label = z.string().min(1).max(200);

/** A text for people, by language: French is required, and stands for each that is missing. */
export const Labels = z.strictObject({
  [SOURCE_LANGUAGE]: Label,
  ...(Object.fromEntries(
    languages.filter((one) => one !== SOURCE_LANGUAGE).map((one) => [one, Label.optional()]),
  ) as OtherLabels), // one member for each language but French
});
export type Labels = z.infer<typeof Labels>;

type OtherLabels = {
  [Other in Exclude<Language, typeof SOURCE_LANGUAGE>]: z.ZodOptional<typeof Label>;
};

/** A text of our own, that the service has in every language. */
export const InEveryLanguage = z.strictObject(
  Object.fromEntries(languages.map((one) => [one, z.string()])) as {
    [Of in Language]: z.ZodString;
  }, // one member for each language
);
export type InEveryLanguage = Readonly<z.infer<typeof InEveryLanguage>>;

/** A text for each language. Pure. */
export function inEveryLanguage<Text>(write: (language: Language) => Text): {
  readonly [Of in Language]: Text;
} {
  const texts = languages.map((language) => [language, write(language)]);
  return Object.fromEntries(texts) as { [Of in Language]: Text }; // one for each
}

/** What stands for its own name in every language: the id of something that is no longer there. Pure. */
export function labelled(text: string): Labels {
  return { [SOURCE_LANGUAGE]: text };
}

/** The label in a language, or else in French. Pure. */
export function labelOf(labels: Readonly<Labels>, language: Language): string {
  return labels[language] ?? labels[SOURCE_LANGUAGE];
}

/** A value and the text it was read from, for compare-and-set. */
export interface Stored<Value> {
  readonly value: Value;
  readonly raw: string;
}

/** A list in pieces of at most `size`, in its order. Pure. */
export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
