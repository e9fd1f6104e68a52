import { z } from 'zod';
import type { Language } from '../base/languages.ts';

/** `^[A-Za-z0-9._-]{1,48}$`, as in lottery/v1. */
export const Identifier = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/);

/** A text for people: French first. */
export const Labels = z.strictObject({
  fr: z.string().min(1).max(200),
  en: z.string().min(1).max(200),
});
export type Labels = z.infer<typeof Labels>;

/** The label in a language. Pure. */
export function labelOf(labels: Labels, language: Language): string {
  return labels[language];
}

/** A value and the text it was read from, for compare-and-set. */
export interface Stored<Value> {
  readonly value: Value;
  readonly raw: string;
}
