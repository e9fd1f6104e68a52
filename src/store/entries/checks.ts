import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { dropRanked, moveRanked } from '../core/write.ts';

/** Entries whose document is still to be checked in the registry. */
export class CheckStore {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** Ids of entries to check now, those that wait longest first. */
  due(prefecture: string, nowMs: number, limit: number): Promise<string[]> {
    const { toCheck } = keysOf(prefecture);
    return this.#redis.zrangebyscore(toCheck, '-inf', nowMs, 'LIMIT', 0, limit);
  }

  /** Later: the registry did not answer. An entry that is not to be checked stays so. */
  async postpone(prefecture: string, entry: string, atMs: number): Promise<void> {
    await moveRanked(this.#redis, keysOf(prefecture).toCheck, entry, atMs);
  }

  /** Nothing more to check. */
  async done(prefecture: string, entry: string): Promise<void> {
    await dropRanked(this.#redis, keysOf(prefecture).toCheck, entry);
  }
}
