import type { Document } from '../person/person.ts';

export type RegistryAnswer = 'known' | 'unknown' | 'unavailable';

/** Whoever knows which AGDREF numbers exist. Never throws: what fails is `unavailable`. */
export interface Registry {
  /** Ten digits. */
  check(number: string): Promise<RegistryAnswer>;
}

/** What a registry says of a person's documents. Those of other kinds are not asked about. */
export type DocumentsAnswer =
  | { readonly answer: 'known' | 'unavailable' }
  /** Where the unknown one stands among the documents: 0 is the first. */
  | { readonly answer: 'unknown'; readonly index: number };

/**
 * Asks about every AGDREF number among documents, one after the other: few give more than one.
 * Without a registry everything is known.
 */
export async function checkDocuments(
  registry: Registry | undefined,
  documents: readonly Document[],
): Promise<DocumentsAnswer> {
  let answer: 'known' | 'unavailable' = 'known';
  for (const [index, document] of documents.entries()) {
    if (registry === undefined || document.kind !== 'agdref') continue;
    const found = await registry.check(document.number);
    if (found === 'unknown') return { answer: found, index };
    if (found === 'unavailable') answer = found;
  }
  return { answer };
}
