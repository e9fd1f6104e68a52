import { isIPv6 } from 'node:net';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../allocator/errors.ts';
import type { Limits } from './deps.ts';

/** Reading costs little, and a whole office may sit behind one address. */
const READS_PER_CHANGE = 10;
const WINDOW_SECONDS = 60;

export type RateLimit = (req: Request, res: Response, budget: 'read' | 'change') => Promise<void>;

/**
 * Counts the requests of each address block in windows of a minute, in this process only, and sets
 * the `RateLimit-*` headers. What it returns throws DomainError `requests_too_many`.
 */
export function createRateLimit({ requestsPerMinute }: Limits, onRefused: () => void): RateLimit {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  const limiters = {
    change: limiter(requestsPerMinute),
    read: limiter(requestsPerMinute * READS_PER_CHANGE),
  };
  return async (req, res, budget) => {
    const { points } = limiters[budget];
    // The limiter rejects with its answer when the points are used up.
    const state = await limiters[budget]
      .consume(addressBlock(req.ip ?? ''))
      .catch((refused: unknown) => {
        if (refused instanceof RateLimiterRes) return refused;
        throw refused;
      });
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    res.setHeader('RateLimit-Limit', points);
    res.setHeader('RateLimit-Remaining', state.remainingPoints);
    res.setHeader('RateLimit-Reset', seconds);
    if (state.consumedPoints <= points) return;
    res.setHeader('Retry-After', seconds);
    onRefused();
    throw new DomainError('requests_too_many', `too many requests: try again in ${seconds} s`);
  };
}

/** Wrong codes for entries that need none any more, counted by entry, in this process. */
export interface Guesses {
  /** @throws DomainError `requests_too_many` after `most` wrong ones within a quarter of an hour. */
  check(entry: string): Promise<void>;
  count(entry: string): Promise<void>;
}

/**
 * Entry ids are public after a draw, and the code of an entry that has been verified could be
 * guessed for ever: this ends it.
 */
export function createGuesses(most: number): Guesses {
  // One more than allowed, so that counting never rejects.
  const limiter = new RateLimiterMemory({ points: most + 1, duration: 900 });
  return {
    async check(entry) {
      const state = await limiter.get(entry);
      if (state !== null && state.consumedPoints >= most) {
        throw new DomainError('requests_too_many', 'too many wrong codes: try again later');
      }
    },
    async count(entry) {
      await limiter.penalty(entry);
    },
  };
}

/**
 * The addresses that count as one: an IPv4 address alone, an IPv6 /64, which is the least that a
 * single connection gets. Pure.
 */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
