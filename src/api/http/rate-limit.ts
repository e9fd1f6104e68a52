import type { Request, Response } from 'express';
import { DomainError } from '../../base/errors.ts';
import type { Pseudonyms } from '../../identity/keys/pseudonyms.ts';
import type { LimitStore } from '../../store/limits/store.ts';
import { addressBlock, wideBlock } from '../../usecases/limits/address-block.ts';
import type { Limits } from './deps.ts';
import { createLotCounter } from './lot-counter.ts';

/** Reading costs little, and a whole office may sit behind one address. */
const READS_PER_CHANGE = 10;
/** A /48 holds 65,536 blocks: it may send as much as these few. */
const BLOCKS_PER_WIDE_BLOCK = 8;
const MINUTE_SECONDS = 60;
const GUESS_SECONDS = 900;
const HOUR_SECONDS = 3600;

type Budget = 'read' | 'change';

/** The limits of requests. What is beyond them is a DomainError `requests_too_many`. */
export interface RateLimits {
  /** Counts a request of an address block, and sets the `RateLimit-*` headers. */
  block(req: Request, res: Response, budget: Budget): Promise<void>;
  /** Counts a request of an entry's token or an agent's key, from wherever it comes. */
  caller(prefecture: string, name: string, res: Response, budget: Budget): Promise<void>;
  /** Counts a wrong code for an entry that needs none any more. */
  guess(prefecture: string, entry: string): Promise<void>;
  /** Counts a request for what a mailbox or telephone has, whether it has anything or not. */
  mailbox(prefecture: string, pseudonym: string, res: Response): Promise<void>;
  /** Counts a request about a person who has an entry already. */
  attempt(prefecture: string, identity: string, res: Response): Promise<void>;
}

interface RateLimitDeps {
  readonly limits: Limits;
  readonly counts: LimitStore;
  readonly pseudonyms: Pseudonyms;
  readonly clock: () => number;
  readonly onRefused: () => void;
}

/** Wrong codes for an entry that needs none, in a quarter of an hour. */
const MOST_GUESSES = 5;

/** Counts requests for all processes together, in windows with the clock's own bounds. */
export function createRateLimits(deps: RateLimitDeps): RateLimits {
  const { limits, counts, pseudonyms, clock } = deps;
  const blocks = createLotCounter({
    windowSeconds: MINUTE_SECONDS,
    tell: (name, points, nowMs) => {
      const [budget = '', block = ''] = name.split(' ');
      const hidden = `${budget}:${pseudonyms.of('block', block)}`;
      return counts.add({ name: hidden, windowSeconds: MINUTE_SECONDS, nowMs }, points);
    },
  });
  const callers = createLotCounter({
    windowSeconds: MINUTE_SECONDS,
    tell: (name, points, nowMs) => {
      const [prefecture = '', hidden = ''] = name.split(' ');
      const counted = { name: hidden, prefecture, windowSeconds: MINUTE_SECONDS, nowMs };
      return counts.add(counted, points);
    },
  });
  const mostOf = (budget: Budget) =>
    limits.requestsPerMinute * (budget === 'read' ? READS_PER_CHANGE : 1);
  const stop = (seconds: number, res?: Response) => {
    deps.onRefused();
    res?.setHeader('Retry-After', seconds);
    return new DomainError('requests_too_many', `too many requests: try again in ${seconds} s`);
  };

  return {
    async block(req, res, budget) {
      const nowMs = clock();
      const block = addressBlock(req.ip ?? '');
      const wide = wideBlock(block);
      const most = mostOf(budget);
      const used = await blocks(`${budget} ${block}`, most, nowMs);
      const usedWide =
        wide === undefined
          ? 0
          : await blocks(`${budget} ${wide}`, most * BLOCKS_PER_WIDE_BLOCK, nowMs);
      const left = Math.min(most - used, most * BLOCKS_PER_WIDE_BLOCK - usedWide);
      const seconds = secondsLeft(MINUTE_SECONDS, nowMs);
      setHeaders(res, most, left, seconds);
      if (left < 0) throw stop(seconds, res);
    },
    async caller(prefecture, name, res, budget) {
      const nowMs = clock();
      const most = mostOf(budget);
      const used = await callers(`${prefecture} ${budget}:${name}`, most, nowMs);
      if (used <= most) return;
      const seconds = secondsLeft(MINUTE_SECONDS, nowMs);
      setHeaders(res, most, 0, seconds);
      throw stop(seconds, res);
    },
    async guess(prefecture, entry) {
      const nowMs = clock();
      const name = `guess:${entry}`;
      const used = await counts.add({ prefecture, name, windowSeconds: GUESS_SECONDS, nowMs }, 1);
      if (used > MOST_GUESSES) throw stop(secondsLeft(GUESS_SECONDS, nowMs));
    },
    async mailbox(prefecture, pseudonym, res) {
      const nowMs = clock();
      const counted = { prefecture, name: `link:${pseudonym}`, windowSeconds: HOUR_SECONDS, nowMs };
      const used = await counts.add(counted, 1);
      if (used > limits.messagesPerHour) throw stop(secondsLeft(HOUR_SECONDS, nowMs), res);
    },
    async attempt(prefecture, identity, res) {
      const nowMs = clock();
      const counted = {
        prefecture,
        name: `person:${identity}`,
        windowSeconds: HOUR_SECONDS,
        nowMs,
      };
      const used = await counts.add(counted, 1);
      if (used > limits.attemptsPerHour) throw stop(secondsLeft(HOUR_SECONDS, nowMs), res);
    },
  };
}

function secondsLeft(windowSeconds: number, nowMs: number): number {
  const windowMs = windowSeconds * 1000;
  return Math.max(1, Math.ceil((windowMs - (nowMs % windowMs)) / 1000));
}

function setHeaders(res: Response, most: number, left: number, seconds: number): void {
  res.setHeader('RateLimit-Limit', most);
  res.setHeader('RateLimit-Remaining', Math.max(0, left));
  res.setHeader('RateLimit-Reset', seconds);
}
