import { figuresOf } from './figures.ts';
import {
  type Estimate,
  type EstimateSeries,
  type Figures,
  figureNames,
  type Output,
  type Result,
  type ResultSeries,
  total,
} from './results.ts';
import type { Policy, Scenario } from './scenario.ts';
import { estimate, ratio } from './statistics.ts';
import { count, type Tally } from './tally.ts';

/** Gathers replications as they come, in any order. What comes out does not depend on the order. */
export interface Gatherer {
  /** @param tallies of one policy in one replication, by request type and then of all together. */
  add(policyIndex: number, replication: number, tallies: readonly Tally[]): void;
  output(seed: number): Output;
  /** Empty unless series are kept. */
  series(): ResultSeries[];
}

/** What is kept of one policy and request type. */
interface Gathered {
  readonly policy: Policy;
  readonly requestType: string;
  /** By replication. */
  readonly figures: (readonly (number | undefined)[])[];
  backlog: number;
  /** By period: sums over replications of those of the backlog not served yet, and their squares. */
  readonly unserved: Moments;
  readonly servedWaits: number[];
  readonly leftWaits: number[];
  readonly waitingSoFar: number[];
  readonly pool: Moments;
  /** By measured period: a list of one share for each replication. */
  readonly chances: (number | undefined)[][];
  readonly botShares: (number | undefined)[][];
}

/** Of whole numbers, so that the order in which they are added does not matter. */
interface Moments {
  readonly sums: number[];
  readonly squares: number[];
}

/** Nothing gathered yet. */
export function createGatherer(scenario: Scenario, keepsSeries: boolean): Gatherer {
  const requestTypes = [...Object.keys(scenario.requestTypes), total];
  const gathered = scenario.policies.map((policy) =>
    requestTypes.map((requestType) => nothing(policy, requestType)),
  );
  const all = gathered.flat();
  return {
    add(policyIndex, replication, tallies) {
      for (const [index, tally] of tallies.entries()) {
        const kept = gathered[policyIndex]?.[index];
        if (!kept) throw new Error('a tally of no policy or request type');
        kept.figures[replication] = figuresOf(tally, scenario.draws);
        addBacklog(kept, tally, scenario.warmup + scenario.draws);
        if (keepsSeries) addSeries(kept, tally, replication);
      }
    },
    output: (seed) => {
      return { scenario, seed, results: all.map((kept) => resultOf(kept, scenario.replications)) };
    },
    series: () => (keepsSeries ? all.map((kept) => seriesOf(kept, scenario)) : []),
  };
}

function nothing(policy: Policy, requestType: string): Gathered {
  return {
    policy,
    requestType,
    figures: [],
    backlog: 0,
    unserved: { sums: [], squares: [] },
    servedWaits: [],
    leftWaits: [],
    waitingSoFar: [],
    pool: { sums: [], squares: [] },
    chances: [],
    botShares: [],
  };
}

function addBacklog(kept: Gathered, { backlog, backlogServed }: Tally, periods: number): void {
  kept.backlog = backlog;
  if (backlog === 0) return;
  let unserved = backlog;
  for (let period = 0; period < periods; period++) {
    unserved -= backlogServed[period] ?? 0;
    addMoment(kept.unserved, period, unserved);
  }
}

function addMoment({ sums, squares }: Moments, index: number, value: number): void {
  count(sums, index, value);
  count(squares, index, value * value);
}

function addSeries(kept: Gathered, tally: Tally, replication: number): void {
  for (const name of ['servedWaits', 'leftWaits', 'waitingSoFar'] as const) {
    for (const [wait, by] of tally[name].entries()) count(kept[name], wait, by);
  }
  for (const [draw, pool] of tally.poolByDraw.entries()) {
    addMoment(kept.pool, draw, pool);
    const served = tally.servedByDraw[draw] ?? 0;
    const held = tally.heldByDraw[draw] ?? 0;
    setShare(kept.chances, draw, replication, ratio(served, pool));
    setShare(kept.botShares, draw, replication, ratio(held, tally.onOfferByDraw[draw] ?? 0));
  }
}

function setShare(
  shares: (number | undefined)[][],
  draw: number,
  replication: number,
  share: number | undefined,
): void {
  const ofDraw = shares[draw] ?? [];
  ofDraw[replication] = share;
  shares[draw] = ofDraw;
}

function resultOf(kept: Gathered, replications: number): Result {
  const { policy, requestType, figures, backlog, unserved } = kept;
  return {
    policy,
    requestType,
    figures: estimateFigures(figures),
    backlogUnserved: backlog === 0 ? null : estimateMoments(unserved, replications, backlog),
  };
}

/** Estimates of all figures. @param figures by replication, each in the order of `figureNames`. */
export function estimateFigures(figures: readonly (readonly (number | undefined)[])[]): Figures {
  const estimates = figureNames.map((name, index): [string, Estimate | null] => {
    return [name, estimate(figures.map((ofReplication) => ofReplication[index]))];
  });
  return Object.fromEntries(estimates) as Figures; // every name has its estimate
}

/** Means and standard errors of whole numbers, as shares of `whole`. */
function estimateMoments(moments: Moments, replications: number, whole: number): EstimateSeries {
  const { sums, squares } = moments;
  const se = (sum: number, square: number) => {
    if (replications === 1) return null;
    const variance = (square - (sum * sum) / replications) / (replications - 1);
    return Math.sqrt(Math.max(0, variance) / replications) / whole;
  };
  return {
    mean: sums.map((sum) => sum / replications / whole),
    se: sums.map((sum, index) => se(sum, squares[index] ?? 0)),
  };
}

function seriesOf(kept: Gathered, { replications }: Scenario): ResultSeries {
  const { policy, requestType, servedWaits, leftWaits, waitingSoFar } = kept;
  const pool = estimateMoments(kept.pool, replications, 1);
  return {
    policy,
    requestType,
    servedWaits,
    leftWaits,
    waitingSoFar,
    chanceByDraw: kept.chances.map(estimate),
    poolByDraw: pool.mean.map((mean, draw) => ({ mean, se: pool.se[draw] ?? null })),
    botShareByDraw: kept.botShares.map(estimate),
  };
}
