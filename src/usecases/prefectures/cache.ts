import { DomainError } from '../../base/errors.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { Identifier } from '../../domain/values.ts';
import type { PrefectureStore } from '../../store/prefectures/store.ts';

/** Reads one prefecture; undefined if there is none of this id. */
export type ReadPrefecture = (id: string) => Promise<Prefecture | undefined>;

/** The prefectures that requests and messages are about. */
export interface PrefectureCache {
  readonly find: ReadPrefecture;
  /** @throws DomainError `prefecture_not_found` */
  get(id: string): Promise<Prefecture>;
  /** Replaces what is known, after a change by this process. */
  put(prefecture: Prefecture): void;
}

interface Known {
  readonly atMs: number;
  readonly read: ReturnType<ReadPrefecture>;
}

/**
 * Remembers each prefecture for at most `staleMs`, so that a join needs no second round trip to
 * Redis, and a thousand messages read it once. Another process's change is seen after this time.
 * Holds only prefectures that exist: asking for others cannot fill it.
 */
export function createPrefectureCache(
  store: Pick<PrefectureStore, 'get'>,
  clock: () => number,
  staleMs: number,
): PrefectureCache {
  const known = new Map<string, Known>();
  const forget = (id: string, one: Known): void => {
    if (known.get(id) === one) known.delete(id);
  };
  const find: ReadPrefecture = (id) => {
    const found = known.get(id);
    const ageMs = found ? clock() - found.atMs : staleMs;
    if (found && ageMs >= 0 && ageMs < staleMs) return found.read;
    if (!Identifier.safeParse(id).success) return Promise.resolve(undefined);
    const one = { atMs: clock(), read: store.get(id) };
    known.set(id, one);
    // A failure, like an absence, is told to those who ask now, and forgotten.
    one.read.then(
      (prefecture) => prefecture ?? forget(id, one),
      () => forget(id, one),
    );
    return one.read;
  };
  return {
    find,
    async get(id) {
      const prefecture = await find(id);
      if (!prefecture) throw new DomainError('prefecture_not_found', 'no such prefecture');
      return prefecture;
    },
    put(prefecture) {
      known.set(prefecture.id, { atMs: clock(), read: Promise.resolve(prefecture) });
    },
  };
}
