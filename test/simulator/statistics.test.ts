import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { binomial, poisson } from '#src/simulator/distributions.ts';
import { describe as describeValues, estimate, percentile } from '#src/simulator/statistics.ts';

const histogram = (values: readonly number[]) => {
  const counts: number[] = new Array(Math.max(...values) + 1).fill(0);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

test('the Gini coefficient of published examples', () => {
  expect(describeValues(histogram([0, 0, 0, 1])).gini).toBe(0.75);
  expect(describeValues(histogram([1, 2, 3, 4])).gini).toBe(0.25);
  expect(describeValues(histogram([5, 5])).gini).toBe(0);
  expect(describeValues([]).gini).toBeUndefined();
});

test('the standard deviation is that of the population', () => {
  expect(describeValues(histogram([2, 4, 4, 4, 5, 5, 7, 9])).sd).toBe(2);
});

test('a percentile is the smallest value that at least the share does not exceed', () => {
  const ten = histogram([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect([50, 90, 99].map((percent) => percentile(ten, percent))).toEqual([5, 9, 10]);
  expect(percentile([], 50)).toBeUndefined();
});

test('an estimate leaves out what is undefined', () => {
  expect(estimate([1, undefined, 3])).toEqual({ mean: 2, se: 1 });
  expect(estimate([4])).toEqual({ mean: 4, se: null });
  expect(estimate([undefined])).toBeNull();
  expect(estimate([Number.POSITIVE_INFINITY])).toBeNull();
  expect(estimate(new Array(800).fill(0.2))).toEqual({ mean: 0.2, se: 0 });
});

/** Mean, variance and a χ² of the frequencies beside the exact ones. */
function check(draw: () => number, probabilityOf: (k: number) => number, most: number): void {
  const size = 40_000;
  const counts: number[] = new Array(most + 2).fill(0);
  for (let i = 0; i < size; i++) {
    const at = Math.min(draw(), most + 1);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  let [statistic, cells, other] = [0, 0, size];
  let rest = size;
  for (let k = 0; k <= most; k++) {
    const expected = size * probabilityOf(k);
    if (expected < 20) continue;
    statistic += ((counts[k] ?? 0) - expected) ** 2 / expected;
    cells += 1;
    other -= counts[k] ?? 0;
    rest -= expected;
  }
  if (rest >= 20) statistic += (other - rest) ** 2 / rest;
  // χ² has mean `cells` and variance 2 cells: five standard deviations.
  expect(statistic).toBeLessThan(cells + 5 * Math.sqrt(2 * cells) + 5);
}

test.each([0.3, 4, 9.9, 10, 40, 150])('Poisson(%d) has its distribution', (mean) => {
  const random = seedrandom('poisson');
  let log = -mean;
  const probabilities = Array.from({ length: 400 }, (_, k) => {
    if (k > 0) log += Math.log(mean / k);
    return Math.exp(log);
  });
  check(
    () => poisson(mean, random),
    (k) => probabilities[k] ?? 0,
    398,
  );
});

test.each([
  [20, 0.1],
  [20, 0.9],
  [50, 0.4],
  [200, 0.5],
  [168, 0.98],
])('Binomial(%d, %d) has its distribution', (trials, p) => {
  const random = seedrandom('binomial');
  let log = trials * Math.log1p(-p);
  const probabilities = Array.from({ length: trials + 1 }, (_, k) => {
    if (k > 0) log += Math.log(((trials - k + 1) / k) * (p / (1 - p)));
    return Math.exp(log);
  });
  check(
    () => binomial(trials, p, random),
    (k) => probabilities[k] ?? 0,
    trials,
  );
});

test('edges of the binomial', () => {
  const random = seedrandom('edges');
  expect(binomial(0, 0.5, random)).toBe(0);
  expect(binomial(7, 0, random)).toBe(0);
  expect(binomial(7, 1, random)).toBe(7);
  expect(poisson(0, random)).toBe(0);
});
