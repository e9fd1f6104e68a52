import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { blockLimitKey, keysOf } from './keys.ts';
import type { Connection } from './redis.ts';

/** What is counted: who, or what, and within which window of time. */
export interface Counted {
  /** Says nothing of a person: a pseudonym, or the id of an entry or an agent's key. */
  readonly name: string;
  /** Whose it is; absent for address blocks, which are the whole service's. */
  readonly prefecture?: string;
  readonly windowSeconds: number;
  readonly nowMs: number;
}

interface Pair {
  readonly shared: RateLimiterRedis;
  readonly own: RateLimiterMemory;
}

/**
 * Counts that all processes share. Where Redis does not answer, this process counts for itself:
 * a limit that is a little too wide hurts less than a service that refuses everybody.
 */
export class LimitStore {
  readonly #redis: Connection;
  readonly #pairs = new Map<number, Pair>();
  #unshared = 0;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  /** How often this process has had to count for itself. */
  get unshared(): number {
    return this.#unshared;
  }

  /** Adds points; returns all of this window. One round trip. */
  async add(counted: Counted, points: number): Promise<number> {
    const key = limitKey(counted);
    const { shared, own } = this.#pairOf(counted.windowSeconds);
    // Penalties only count; whether there are too many is not the store's to say.
    const { consumedPoints } = await shared.penalty(key, points).catch(() => {
      this.#unshared += 1;
      return own.penalty(key, points);
    });
    return consumedPoints;
  }

  #pairOf(duration: number): Pair {
    const known = this.#pairs.get(duration);
    if (known) return known;
    const options = { points: Number.MAX_SAFE_INTEGER, duration, keyPrefix: '' };
    const pair = {
      own: new RateLimiterMemory(options),
      shared: new RateLimiterRedis({
        ...options,
        storeClient: this.#redis,
        rejectIfRedisNotReady: true,
      }),
    };
    this.#pairs.set(duration, pair);
    return pair;
  }
}

/** Windows have the clock's own bounds, so that all processes count in the same one. Pure. */
export function limitKey({ prefecture, name, windowSeconds, nowMs }: Counted): string {
  const window = Math.floor(nowMs / (windowSeconds * 1000));
  const named = `${name}:${window}`;
  return prefecture === undefined ? blockLimitKey(named) : keysOf(prefecture).limit(named);
}
