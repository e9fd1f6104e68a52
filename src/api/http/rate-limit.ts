import type { Request, Response } from 'express';
import type { Pseudonyms } from '../../identity/keys/pseudonyms.ts';
import type { LimitStore } from '../../store/limits/store.ts';
import {
  addressBlock,
  BLOCKS_PER_WIDE_BLOCK,
  wideBlock,
} from '../../usecases/limits/address-block.ts';
import { type Limits, secondsLeft, tooMany } from '../../usecases/limits/limits.ts';
import { createBatchedCounter } from './batched-counter.ts';

/** Reading costs little, and a whole office may sit behind one address. */
const READS_PER_CHANGE = 10;
const MINUTE_SECONDS = 60;
/** Large answers on the way to one block: each holds a connection, and a part of it in memory. */
const MOST_AT_ONCE = 16;
/** When to come again while they are. */
const ANSWER_SECONDS = 10;

type Budget = 'read' | 'change';

/** The limits of requests. What is beyond them is a LimitReached. */
export interface RateLimits {
  /** Counts a request of an address block, and sets the `RateLimit-*` headers. */
  block(req: Request, res: Response, budget: Budget): Promise<void>;
  /**
   * Counts what an answer costs beyond its request, which was counted: by its size. One that is larger
   * than a whole budget is for whoever has any of it left. Nobody has more than so many such answers
   * on the way at once.
   */
  charge(req: Request, res: Response, budget: Budget, points: number): Promise<void>;
  /** Counts a request of an entry's token or an agent's key, from wherever it comes. */
  caller(prefecture: string, name: string, res: Response, budget: Budget): Promise<void>;
}

interface RateLimitDeps {
  readonly limits: Limits;
  readonly counts: LimitStore;
  readonly pseudonyms: Pseudonyms;
  readonly clock: () => number;
  readonly onRefused: () => void;
}

/** Counts requests for all processes together, in windows with the clock's own bounds. */
export function createRateLimits(deps: RateLimitDeps): RateLimits {
  const { limits, counts, pseudonyms, clock } = deps;
  const blocks = createBatchedCounter({
    windowSeconds: MINUTE_SECONDS,
    tell: (name, points, nowMs) => {
      const [budget = '', block = ''] = name.split(' ');
      const hidden = `${budget}:${pseudonyms.of('block', block)}`;
      return counts.add({ name: hidden, windowSeconds: MINUTE_SECONDS, nowMs }, points);
    },
  });
  const underWay = createUnderWay(MOST_AT_ONCE);
  const callers = createBatchedCounter({
    windowSeconds: MINUTE_SECONDS,
    tell: (name, points, nowMs) => {
      const [prefecture = '', hidden = ''] = name.split(' ');
      const counted = { name: hidden, prefecture, windowSeconds: MINUTE_SECONDS, nowMs };
      return counts.add(counted, points);
    },
  });
  const mostOf = (budget: Budget) =>
    limits.requestsPerMinute * (budget === 'read' ? READS_PER_CHANGE : 1);
  const stop = (seconds: number) => {
    deps.onRefused();
    return tooMany(seconds);
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
      if (left < 0) throw stop(seconds);
    },
    async charge(req, res, budget, points) {
      const nowMs = clock();
      const block = addressBlock(req.ip ?? '');
      const wide = wideBlock(block);
      const most = mostOf(budget);
      if (!underWay.begin(res, wide ?? block)) throw stop(ANSWER_SECONDS);
      const used = await blocks(`${budget} ${block}`, most, nowMs, points);
      if (wide !== undefined) {
        await blocks(`${budget} ${wide}`, most * BLOCKS_PER_WIDE_BLOCK, nowMs, points);
      }
      const seconds = secondsLeft(MINUTE_SECONDS, nowMs);
      setHeaders(res, most, most - used, seconds);
      if (used - points >= most) throw stop(seconds);
    },
    async caller(prefecture, name, res, budget) {
      const nowMs = clock();
      const most = mostOf(budget);
      const used = await callers(`${prefecture} ${budget}:${name}`, most, nowMs);
      if (used <= most) return;
      const seconds = secondsLeft(MINUTE_SECONDS, nowMs);
      setHeaders(res, most, 0, seconds);
      throw stop(seconds);
    },
  };
}

/** Counts answers that are on the way, by whom they are for, until each is out or given up. */
function createUnderWay(most: number) {
  const counts = new Map<string, number>();
  return {
    /** False: there are as many as there may be. */
    begin(res: Response, name: string): boolean {
      const count = counts.get(name) ?? 0;
      if (count >= most) return false;
      counts.set(name, count + 1);
      res.once('close', () => {
        const left = (counts.get(name) ?? 1) - 1;
        if (left > 0) counts.set(name, left);
        else counts.delete(name);
      });
      return true;
    },
  };
}

function setHeaders(res: Response, most: number, left: number, seconds: number): void {
  res.setHeader('RateLimit-Limit', most);
  res.setHeader('RateLimit-Remaining', Math.max(0, left));
  res.setHeader('RateLimit-Reset', seconds);
}
