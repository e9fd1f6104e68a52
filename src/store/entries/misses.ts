import type { EntryRecord } from '../../domain/entries/entry.ts';
import { withMiss } from '../../domain/entries/misses.ts';
import type { Stored } from '../../domain/values.ts';
import { pagesByCursor } from '../core/pages.ts';
import { retryOnConflict } from '../core/retry.ts';

/** What counting needs of the entries of a prefecture. */
interface Entries {
  page(
    prefecture: string,
    cursor?: string,
  ): Promise<{ entries: Stored<EntryRecord>[]; cursor?: string }>;
  getMany(prefecture: string, ids: readonly string[]): Promise<(Stored<EntryRecord> | undefined)[]>;
  replace(
    prefecture: string,
    replacements: readonly { before: Stored<EntryRecord>; after: EntryRecord }[],
  ): Promise<number>;
}

/** A draw that is over. */
export interface EndedDraw {
  readonly number: number;
  /** Whether an entry of it could have come to one of its slots: only then it missed it. */
  readonly isEligible: (entry: string) => boolean;
}

/**
 * Adds the miss of a draw to every entry that was in its pool and still waits; of some request types
 * alone, if they are given. Safe to repeat after a crash: each entry remembers the last draw counted.
 * Returns how many it changed.
 */
export async function countMisses(
  entries: Entries,
  prefecture: string,
  draw: EndedDraw,
  requestTypes?: readonly string[],
): Promise<number> {
  let counted = 0;
  const read = (cursor: string) => entries.page(prefecture, cursor);
  for await (const page of pagesByCursor('entries', read)) {
    const concerned = page.entries.filter(
      ({ value }) => requestTypes?.includes(value.requestType) ?? true,
    );
    counted += await countPage(entries, prefecture, concerned, draw);
  }
  return counted;
}

/** Again for those that someone else changed meanwhile. */
async function countPage(
  entries: Entries,
  prefecture: string,
  page: readonly (Stored<EntryRecord> | undefined)[],
  { number, isEligible }: EndedDraw,
): Promise<number> {
  let counted = 0;
  let found = page;
  return retryOnConflict(`a page of entries that missed draw ${number}`, async () => {
    const missed = found
      .filter((stored) => stored !== undefined)
      .flatMap((before) => {
        const after = withMiss(before.value, number, isEligible(before.value.id));
        return after ? [{ before, after }] : [];
      });
    if (missed.length === 0) return counted;
    const replaced = await entries.replace(prefecture, missed);
    counted += replaced;
    if (replaced === missed.length) return counted;
    const ids = missed.map(({ after }) => after.id);
    found = await entries.getMany(prefecture, ids);
    return 'conflict';
  });
}
