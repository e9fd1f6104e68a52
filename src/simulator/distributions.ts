import type { Random } from './random.ts';

/**
 * A Poisson number. Exact: inversion for small means, for others the transformed rejection of
 * W. Hörmann, "The transformed rejection method for generating Poisson random variables",
 * Insurance: Mathematics and Economics 12 (1993), algorithm PTRS.
 */
export function poisson(mean: number, random: Random): number {
  if (mean === 0) return 0;
  return mean < 10 ? invertPoisson(mean, random) : rejectPoisson(mean, random);
}

function invertPoisson(mean: number, random: Random): number {
  let number = 0;
  let probability = Math.exp(-mean);
  let left = random();
  while (left >= probability && probability > 0) {
    left -= probability;
    number += 1;
    probability *= mean / number;
  }
  return number;
}

function rejectPoisson(mean: number, random: Random): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const sure = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const number = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= sure) return number;
    if (number < 0 || (us < 0.013 && v > us)) continue;
    const bound = number * logMean - mean - logFactorial(number);
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= bound) return number;
  }
}

/**
 * How many of `trials` succeed. Exact: counting failures between successes where few are expected,
 * else the transformed rejection of W. Hörmann, "The generation of binomial random variates",
 * Journal of Statistical Computation and Simulation 46 (1993), algorithm BTRS.
 */
export function binomial(trials: number, probability: number, random: Random): number {
  if (trials === 0 || probability === 0) return 0;
  if (probability > 0.5) return trials - binomial(trials, 1 - probability, random);
  if (trials * probability < 10) return countSuccesses(trials, probability, random);
  return rejectBinomial(trials, probability, random);
}

function countSuccesses(trials: number, probability: number, random: Random): number {
  const skip = skipper(probability, random);
  let successes = 0;
  for (let trial = skip(); trial < trials; trial += 1 + skip()) successes += 1;
  return successes;
}

function rejectBinomial(trials: number, p: number, random: Random): number {
  const deviation = Math.sqrt(trials * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const sure = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const odds = Math.log(p / (1 - p));
  const mode = Math.floor((trials + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(trials - mode);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const number = Math.floor(((2 * a) / us + b) * u + trials * p + 0.5);
    if (number < 0 || number > trials) continue;
    if (us >= 0.07 && v <= sure) return number;
    const bound =
      atMode - logFactorial(number) - logFactorial(trials - number) + (number - mode) * odds;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return number;
  }
}

/**
 * Gives how many independent trials fail before the next success. With `probability` 0 that is
 * infinite. Far fewer random numbers than one for each trial.
 */
export function skipper(probability: number, random: Random): () => number {
  if (probability === 0) return () => Number.POSITIVE_INFINITY;
  if (probability === 1) return () => 0;
  const logFailure = Math.log1p(-probability);
  return () => Math.floor(Math.log1p(-random()) / logFailure);
}

const smallFactorials = [0, 0, 2, 6, 24, 120, 720, 5040, 40_320, 362_880].map((factorial) =>
  factorial === 0 ? 0 : Math.log(factorial),
);

/** The natural logarithm of n!, by Stirling's series beyond a table. */
function logFactorial(n: number): number {
  const known = smallFactorials[n];
  if (known !== undefined) return known;
  const x = n + 1;
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.918_938_533_204_672_7 + series;
}
