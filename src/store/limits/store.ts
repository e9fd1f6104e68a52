import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { z } from 'zod';
import { loadAt } from '../../domain/limits/day-load.ts';
import { blockLimitKey, keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script } from '../core/script.ts';
import { addText } from '../core/write.ts';

/** What is counted: who, or what, and within which window of time. */
export interface Counted {
  /** Says nothing of a person: a pseudonym, or the id of an entry or an agent's key. */
  readonly name: string;
  /** Whose it is; absent for address blocks, which are the whole service's. */
  readonly prefecture?: string;
  readonly windowSeconds: number;
  /** How long the count can be read; the window, where nothing is said. */
  readonly keepSeconds?: number;
  readonly nowMs: number;
}

/** What comes back bit by bit, instead of all at once when a window ends. */
export interface Budget {
  /** Says nothing of a person. */
  readonly name: string;
  /** How many it holds when nothing was taken for long. */
  readonly holds: number;
  /** In how many ms one comes back. */
  readonly everyMs: number;
}

const takeBudgets = new Script(
  'limits/take-budgets.lua',
  { keys: ['first others[]'], args: ['rates nowMs'] },
  z.int().min(0),
);

/** Where budgets lie. Pure. */
export function budgetKeys(prefecture: string, budgets: readonly Budget[]): string[] {
  return budgets.map(({ name }) => keysOf(prefecture).limit(name));
}

/** How scripts are told of them (budgets.lua). Pure. */
export function budgetRates(budgets: readonly Budget[]): string {
  return budgets.flatMap(({ holds, everyMs }) => [holds, everyMs]).join(' ');
}

/** Where it lies what joined lately from a network, or with a mail domain (loads.lua). Pure. */
export function loadKey(prefecture: string, pseudonym = ''): string {
  return keysOf(prefecture).limit(`load:${pseudonym}`);
}

/** Each count says for how long it is kept; only counting is done here. */
const options = { points: Number.MAX_SAFE_INTEGER, duration: 60, keyPrefix: '' };

/**
 * Counts that all processes share. Where Redis does not answer, this process counts for itself:
 * a limit that is a little too wide hurts less than a service that refuses everybody.
 */
export class LimitStore {
  readonly #redis: Connection;
  readonly #shared: RateLimiterRedis;
  readonly #own = new RateLimiterMemory(options);
  #unshared = 0;

  constructor(redis: Connection) {
    this.#redis = redis;
    // Made now, not when first needed: it teaches the connection a command, which a pipeline that
    // is being filled at that moment would not know.
    this.#shared = new RateLimiterRedis({
      ...options,
      storeClient: redis,
      rejectIfRedisNotReady: true,
    });
  }

  /** How often this process has had to count for itself. */
  get unshared(): number {
    return this.#unshared;
  }

  /** Adds points; returns all of this window. One round trip. */
  async add(counted: Counted, points: number): Promise<number> {
    const key = limitKey(counted);
    const duration = { customDuration: counted.keepSeconds ?? counted.windowSeconds };
    // Penalties only count; whether there are too many is not the store's to say.
    const { consumedPoints } = await this.#shared.penalty(key, points, duration).catch(() => {
      this.#unshared += 1;
      return this.#own.penalty(key, points, duration);
    });
    return consumedPoints;
  }

  /** Takes a proof of work that nothing else takes; false if it was taken before. */
  async takeOnce(
    prefecture: string,
    { id, ttlSeconds }: { readonly id: string; readonly ttlSeconds: number },
  ): Promise<boolean> {
    const key = keysOf(prefecture).workSpent(id);
    return addText(this.#redis, key, 'taken', ttlSeconds * 1000);
  }

  /** Takes one from each budget, or from none. Returns 0, or in how many ms all have one again. */
  async takeEach(prefecture: string, budgets: readonly Budget[], nowMs: number): Promise<number> {
    const [first, ...others] = budgetKeys(prefecture, budgets);
    if (first === undefined) return 0;
    return takeBudgets.run(this.#redis, { first, others }, { rates: budgetRates(budgets), nowMs });
  }

  /** What joined lately from networks or with mail domains, by their pseudonyms: as much as the most. */
  async readLoad(
    prefecture: string,
    pseudonyms: readonly string[],
    nowMs: number,
  ): Promise<number> {
    const stored = await Promise.all(
      pseudonyms.map((one) => this.#redis.get(loadKey(prefecture, one))),
    );
    const loads = stored.map((text) => {
      const [joins = 0, atMs = nowMs] = (text ?? '0').split(' ').map(Number);
      return loadAt({ joins, atMs }, nowMs);
    });
    return Math.max(0, ...loads);
  }

  /** The points of a window, without adding any. */
  async read(counted: Counted): Promise<number> {
    const key = limitKey(counted);
    const found = await this.#shared.get(key).catch(() => {
      this.#unshared += 1;
      return this.#own.get(key);
    });
    return found?.consumedPoints ?? 0;
  }
}

/** Windows have the clock's own bounds, so that all processes count in the same one. Pure. */
export function limitKey({ prefecture, name, windowSeconds, nowMs }: Counted): string {
  const window = Math.floor(nowMs / (windowSeconds * 1000));
  const named = `${name}:${window}`;
  return prefecture === undefined ? blockLimitKey(named) : keysOf(prefecture).limit(named);
}
