import type { Prefecture } from '../domain/prefectures/prefecture.ts';
import type { Store } from '../store/store.ts';

export type ReadPrefecture = (id: string) => Promise<Prefecture | undefined>;

/** How long a message may speak from settings and labels that an agent has just changed. */
const keptMs = 2000;

/** Reads prefectures, each at most every two seconds: a thousand messages need the same one. */
export function cachePrefectures(
  store: Pick<Store, 'prefectures'>,
  clock: () => number,
): ReadPrefecture {
  const kept = new Map<
    string,
    { readonly atMs: number; readonly read: ReturnType<ReadPrefecture> }
  >();
  return (id) => {
    const known = kept.get(id);
    if (known && clock() - known.atMs < keptMs && clock() >= known.atMs) return known.read;
    const read = store.prefectures.get(id);
    kept.set(id, { atMs: clock(), read });
    // A failure is told to those who ask now, and forgotten.
    read.catch(() => kept.delete(id));
    return read;
  };
}
