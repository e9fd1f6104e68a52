/** A limit is told to Redis in this many lots. */
const LOTS = 20;
/** Counts kept at once; the oldest go first. Whoever floods with addresses costs no more memory. */
const MOST_COUNTS = 100_000;

interface Count {
  total: number;
  untold: number;
}

interface BatchedCounterOptions {
  readonly windowSeconds: number;
  /** Adds points to what all processes count together; returns the whole of this window. */
  readonly tell: (name: string, points: number, nowMs: number) => Promise<number>;
}

/** Counts more, or one more; returns how many there were in this window, as far as this process knows. */
export type BatchedCounter = (
  name: string,
  limit: number,
  nowMs: number,
  points?: number,
) => Promise<number>;

/**
 * Counts what comes often without a round trip for each: in this process, and in lots of a
 * twentieth of the limit in Redis. Each process may so let a twentieth more through than there is
 * to let, once a window. What is above the limit is told to nobody.
 */
export function createBatchedCounter({
  windowSeconds,
  tell,
}: BatchedCounterOptions): BatchedCounter {
  let window = Number.NaN;
  let counts = new Map<string, Count>();

  return async (name, limit, nowMs, points = 1) => {
    const current = Math.floor(nowMs / (windowSeconds * 1000));
    if (current !== window) {
      window = current;
      counts = new Map();
    }
    const count = countOf(counts, name);
    count.total += points;
    count.untold += points;
    const lot = Math.max(1, Math.floor(limit / LOTS));
    if (count.untold < lot || count.total - points >= limit + lot) return count.total;
    const told = count.untold;
    count.untold = 0;
    const shared = await tell(name, told, nowMs);
    count.total = Math.max(count.total, shared + count.untold);
    return count.total;
  };
}

function countOf(counts: Map<string, Count>, name: string): Count {
  const known = counts.get(name);
  if (known) return known;
  const count = { total: 0, untold: 0 };
  const [oldest] = counts.size < MOST_COUNTS ? [] : counts.keys();
  if (oldest !== undefined) counts.delete(oldest);
  counts.set(name, count);
  return count;
}
