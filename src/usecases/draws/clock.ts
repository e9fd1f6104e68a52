import type { Logger } from 'pino';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Store } from '../../store/store.ts';

/** What a machine's own clock may be off from that of Redis, by which draws are frozen. */
export const MOST_CLOCK_OFF_MS = 2000;

/** Whether time is real. */
export interface TimeDeps {
  readonly clock: () => number;
  /**
   * `clock` stands still or jumps, as in tests: then a freeze has its instant from it, and nobody
   * compares it. Absent, as in production: instants of freezes are those of Redis.
   */
  readonly playsTime?: true | undefined;
}

export interface ClockDeps extends TimeDeps {
  readonly store: { readonly draws: Pick<Store['draws'], 'clockMs'> };
  readonly metrics: Pick<Metrics, 'clockOffset'>;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * Whether this machine's clock is too far from that of Redis to draw, or to end what has a deadline:
 * rounds, deadlines and answers are dated by both. Measured and logged each time it is asked; whoever
 * is told so does nothing, and is asked again by the next sweep.
 */
export async function isClockOff(deps: ClockDeps, prefecture: string): Promise<boolean> {
  if (deps.playsTime) return false;
  const beforeMs = deps.clock();
  const redisMs = await deps.store.draws.clockMs(prefecture);
  const offsetMs = clockOffset({ beforeMs, redisMs, afterMs: deps.clock() });
  deps.metrics.clockOffset.set(offsetMs / 1000);
  if (Math.abs(offsetMs) <= MOST_CLOCK_OFF_MS) return false;
  deps.logger.error(
    { prefecture, offsetMs },
    'the clock is off from that of Redis: nothing is drawn',
  );
  return true;
}

/**
 * By how much a clock is ahead (negative: behind) of another one that was read between two looks at
 * it, ms: the least that explains them, so that a slow answer is no fault of the clock. Pure.
 */
export function clockOffset(read: {
  readonly beforeMs: number;
  readonly redisMs: number;
  readonly afterMs: number;
}): number {
  if (read.redisMs < read.beforeMs) return read.beforeMs - read.redisMs;
  if (read.redisMs > read.afterMs) return read.afterMs - read.redisMs;
  return 0;
}
