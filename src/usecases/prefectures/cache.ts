import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { Identifier } from '../../domain/values.ts';
import type { PrefectureStore } from '../../store/prefectures/store.ts';

/** How old a prefecture may be here. Another process's change is seen after this time. */
const STALE_MS = 1000;

/** The prefectures that requests are about. */
export interface PrefectureCache {
  /** @throws DomainError `prefecture_not_found` */
  get(id: string): Promise<Prefecture>;
  /** Replaces what is known, after a change by this process. */
  put(prefecture: Prefecture): void;
}

/**
 * Remembers each prefecture for at most a second, so that a join needs no second round trip to
 * Redis. Holds only prefectures that exist: asking for others cannot fill it.
 */
export function createPrefectureCache(
  store: Pick<PrefectureStore, 'get'>,
  clock: () => number,
): PrefectureCache {
  const known = new Map<string, { readonly prefecture: Prefecture; readonly atMs: number }>();
  return {
    async get(id) {
      const found = known.get(id);
      const nowMs = clock();
      if (found && nowMs - found.atMs < STALE_MS) return found.prefecture;
      const prefecture = Identifier.safeParse(id).success ? await store.get(id) : undefined;
      if (!prefecture) {
        known.delete(id);
        throw new DomainError('prefecture_not_found', 'no such prefecture');
      }
      known.set(id, { prefecture, atMs: nowMs });
      return prefecture;
    },
    put(prefecture) {
      known.set(prefecture.id, { prefecture, atMs: clock() });
    },
  };
}
