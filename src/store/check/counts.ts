import { scanHash } from '../core/scan-hash.ts';
import { countField, decodeEntry } from '../entries/codec.ts';
import { Fingerprints } from './fingerprints.ts';
import type { CheckContext, Invariant } from './types.ts';
import { wholeInvariant } from './whole.ts';

/** What counting entries came to, around the instant at which the counts were read. */
export interface Counted {
  /** By field, entries that were the same before and after: they were so at that instant. */
  readonly stable: ReadonlyMap<string, number>;
  /** Entries that changed, came or went meanwhile: each of them may have been anywhere. */
  readonly moving: number;
}

/**
 * What is wrong with counts: each must lie between the stable entries of its field and these with
 * all the moving ones, and so must their sum. Exact where nothing moves. Pure.
 */
export function judgeCounts(
  stored: Readonly<Record<string, string>>,
  { stable, moving }: Counted,
): string[] {
  const faults: string[] = [];
  const between = (name: string, count: number, least: number) => {
    const range = moving === 0 ? `${least}` : `${least} to ${least + moving}`;
    const fits = Number.isInteger(count) && count >= least && count <= least + moving;
    if (!fits) faults.push(`counts: ${name} says ${count}, there are ${range}`);
  };
  for (const field of new Set([...Object.keys(stored), ...stable.keys()])) {
    between(field, Number(stored[field] ?? 0), stable.get(field) ?? 0);
    if (stored[field] === '0') faults.push(`counts: ${field} says 0 and should be gone`);
  }
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);
  between('the sum', sum(Object.values(stored).map(Number)), sum(stable.values()));
  return faults;
}

/** Counts every entry once before and once after the counts are read. */
async function count({ redis, keys }: CheckContext): Promise<string[]> {
  const before = new Fingerprints(2 * (await redis.hlen(keys.entries)));
  let moving = 0;
  await scanHash(redis, keys.entries, (id, raw) => {
    if (!before.add(id, raw)) moving += 1;
  });
  const stored = await redis.hgetall(keys.counts);
  const stable = new Map<string, number>();
  await scanHash(redis, keys.entries, (id, raw) => {
    const seen = before.meet(id, raw);
    if (seen === 'changed' || seen === 'new') moving += 1;
    if (seen !== 'same') return;
    const field = fieldOf(id, raw);
    if (field === undefined) moving += 1;
    else stable.set(field, (stable.get(field) ?? 0) + 1);
  });
  return judgeCounts(stored, { stable, moving: moving + before.unmet });
}

/** Undefined for an entry that cannot be read, which is said of the entry itself. */
function fieldOf(id: string, raw: string): string | undefined {
  try {
    const { state, requestType } = decodeEntry(id, raw);
    return countField(state, requestType);
  } catch {
    return undefined;
  }
}

/** How many entries each state and request type has. */
export const counts: Invariant = wholeInvariant('sets of counts', 'counts', count);
