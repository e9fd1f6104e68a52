import { percentile } from './live-meter.ts';

/** What may be expected: the mean, and what lies within 95 %. */
export interface Range {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and central 95 % of values that were drawn. Pure. */
export function rangeOf(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  return { mean, low: percentile(sorted, 2.5), high: percentile(sorted, 97.5) };
}

/**
 * How many of `marked` are among `drawn` taken without putting back out of `all`: the mean, and the
 * narrowest whole numbers that leave out at most 2.5 % on each side. Pure.
 */
export function hypergeometricRange(all: number, marked: number, drawn: number): Range {
  const least = Math.max(0, drawn + marked - all);
  const most = Math.min(drawn, marked);
  if (least === most) return { mean: most, low: least, high: most };
  // Weights relative to the middle one, by the ratio of neighbours: no factorial to overflow.
  const middle = Math.min(most, Math.max(least, Math.round((drawn * marked) / all)));
  const weights = new Map([[middle, 1]]);
  const up = (k: number) =>
    ((marked - k) * (drawn - k)) / ((k + 1) * (all - marked - drawn + k + 1));
  for (let k = middle; k < most; k += 1) weights.set(k + 1, (weights.get(k) ?? 0) * up(k));
  for (let k = middle; k > least; k -= 1) weights.set(k - 1, (weights.get(k) ?? 0) / up(k - 1));
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  const tail = (from: number, step: 1 | -1) => {
    let left = 0.025 * sum;
    let k = from;
    while (left >= (weights.get(k) ?? 0)) {
      left -= weights.get(k) ?? 0;
      k += step;
    }
    return k;
  };
  return { mean: (drawn * marked) / all, low: tail(least, 1), high: tail(most, -1) };
}
