import type { ResultSeries } from '../../../src/simulator/results.ts';

/** A step of a survival curve: the share still without an appointment after `draw` draws. */
export interface SurvivalStep {
  readonly draw: number;
  readonly atRisk: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

type Waits = Pick<ResultSeries, 'servedWaits' | 'leftWaits' | 'waitingSoFar'>;

/**
 * Kaplan–Meier estimate of waits, with 95 % intervals by Greenwood's formula. Those who left and
 * those still waiting are censored after the last draw they took part in. Pure.
 */
export function survival({ servedWaits, leftWaits, waitingSoFar }: Waits): SurvivalStep[] {
  const last = Math.max(servedWaits.length, leftWaits.length, waitingSoFar.length) - 1;
  const at = (draw: number) => {
    return (servedWaits[draw] ?? 0) + (leftWaits[draw] ?? 0) + (waitingSoFar[draw] ?? 0);
  };
  let atRisk = 0;
  for (let draw = 1; draw <= last; draw++) atRisk += at(draw);
  const steps: SurvivalStep[] = [];
  if (atRisk > 0) steps.push({ draw: 0, atRisk, share: 1, low: 1, high: 1 });
  let share = 1;
  let variance = 0;
  for (let draw = 1; draw <= last && atRisk > 0; draw++) {
    const served = servedWaits[draw] ?? 0;
    share *= 1 - served / atRisk;
    if (served < atRisk) variance += served / (atRisk * (atRisk - served));
    const half = 1.96 * share * Math.sqrt(variance);
    const low = Math.max(0, share - half);
    steps.push({ draw, atRisk, share, low, high: Math.min(1, share + half) });
    atRisk -= at(draw);
  }
  return steps;
}

/** The step of a curve that holds after `draw` draws; undefined beyond its end. */
export function survivalAt(steps: readonly SurvivalStep[], draw: number): SurvivalStep | undefined {
  const last = steps.at(-1);
  if (last?.share === 0 && draw > last.draw) return last;
  return steps.find((step) => step.draw === draw);
}

/** A point of a Lorenz curve: the share of all waiting borne by the share of people who wait least. */
export interface LorenzPoint {
  readonly people: number;
  readonly waiting: number;
}

/** Lorenz curve of a histogram of waits; empty if nobody was served. Pure. */
export function lorenz(waits: readonly number[]): LorenzPoint[] {
  let people = 0;
  let waiting = 0;
  for (const [wait, by] of waits.entries()) {
    people += by ?? 0;
    waiting += wait * (by ?? 0);
  }
  if (waiting === 0) return [];
  const points: LorenzPoint[] = [{ people: 0, waiting: 0 }];
  let peopleSoFar = 0;
  let waitingSoFar = 0;
  for (const [wait, by] of waits.entries()) {
    if (!by) continue;
    peopleSoFar += by;
    waitingSoFar += wait * by;
    points.push({ people: peopleSoFar / people, waiting: waitingSoFar / waiting });
  }
  return points;
}
