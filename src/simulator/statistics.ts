/** How many there are of each value: `counts[value]`. */
export type Histogram = readonly number[];

/** Of a histogram. Everything but the size is undefined for an empty one. */
export interface Distribution {
  readonly mean: number | undefined;
  /** Standard deviation of the population. */
  readonly sd: number | undefined;
  readonly gini: number | undefined;
}

/** Mean, spread and inequality. Pure. */
export function describe(histogram: Histogram): Distribution {
  let size = 0;
  let sum = 0;
  let ranked = 0;
  for (const [value, count] of histogram.entries()) {
    // The ranks of these are size + 1 to size + count.
    ranked += value * count * (2 * size + count + 1);
    sum += value * count;
    size += count;
  }
  if (size === 0) return { mean: undefined, sd: undefined, gini: undefined };
  const mean = sum / size;
  let squares = 0;
  for (const [value, count] of histogram.entries()) squares += count * (value - mean) ** 2;
  const gini = sum === 0 ? undefined : (ranked - (size + 1) * sum) / (size * sum);
  return { mean, sd: Math.sqrt(squares / size), gini };
}

/** The smallest value that at least `percent` % do not exceed. Pure. */
export function percentile(histogram: Histogram, percent: number): number | undefined {
  const size = histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [value, count] of histogram.entries()) {
    below += count;
    if (count > 0 && 100 * below >= percent * size) return value;
  }
  return undefined;
}

/** A share, undefined for 0 ÷ 0. Pure. */
export function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** Mean and standard error of what is defined (and not too large for a number); null if nothing is. Pure. */
export function estimate(
  values: readonly (number | undefined)[],
): { mean: number; se: number | null } | null {
  const defined = values.filter((value) => value !== undefined).filter(Number.isFinite);
  const size = defined.length;
  if (size === 0) return null;
  const rough = defined.reduce((sum, value) => sum + value, 0) / size;
  // What rounding took away is put back: the mean of equal values is that value.
  const mean = rough + defined.reduce((sum, value) => sum + (value - rough), 0) / size;
  if (size === 1) return { mean, se: null };
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, se: Math.sqrt(squares / (size - 1) / size) };
}
