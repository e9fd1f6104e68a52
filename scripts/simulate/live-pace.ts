import { setTimeout as delay } from 'node:timers/promises';
import { concurrently } from '../concurrently.ts';
import type { Pace } from './live-arguments.ts';

/** Beyond this, people wait for others to be through: the service is slower than the rate. */
const MOST_AT_ONCE = 2000;

/** Calls `work`, which must not throw, for every item at the pace that is asked for. */
export async function atPace<T>(
  items: readonly T[],
  pace: Pace,
  work: (item: T) => Promise<void>,
): Promise<void> {
  if ('concurrency' in pace) return concurrently(items, pace.concurrency, work);
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  for (const [index, item] of items.entries()) {
    const early = begun + (1000 * index) / pace.rate - performance.now();
    if (early > 1) await delay(early);
    while (running.size >= MOST_AT_ONCE) await Promise.race(running);
    const run: Promise<void> = work(item).finally(() => running.delete(run));
    running.add(run);
  }
  await Promise.all(running);
}
