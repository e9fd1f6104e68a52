import { figuresOf } from '../../src/simulator/figures.ts';
import { createGatherer, estimateFigures, type Gatherer } from '../../src/simulator/gather.ts';
import { type Output, type Result, type Series, total } from '../../src/simulator/results.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import { sumTallies, type Tally } from '../../src/simulator/tally.ts';
import { type Job, runJobs } from './jobs.ts';
import type { Plan } from './load.ts';
import { demandVariants, switchVariants, type VariantScenario } from './variants.ts';

/** What came out of a plan. */
export interface PlanResult {
  readonly plan: Plan;
  /** One for each place. */
  readonly outputs: readonly Output[];
  /** Of all prefectures together, by policy; empty for a lone scenario. */
  readonly national: readonly Result[];
}

export interface RunOptions {
  readonly seed: number;
  readonly threads: number | undefined;
  readonly signal: AbortSignal;
}

/** Runs every plan. The result does not depend on the number of threads. */
export async function runPlans(
  plans: readonly Plan[],
  { seed, threads, signal }: RunOptions,
): Promise<PlanResult[]> {
  const jobs = plans.flatMap(({ places }) =>
    places.map((place): Job => ({ ...place, wantsSeries: false })),
  );
  const gatherers = jobs.map(({ scenario }) => createGatherer(scenario, false));
  const totals = jobs.map(({ scenario }) => scenario.policies.map((): Tally[] => []));
  const isNational = plans.flatMap((plan) => plan.places.map(() => plan.isPrefectures));
  await runJobs(jobs, {
    threads,
    signal,
    onTallies(job, policyIndex, replication, tallies) {
      gatherers[job]?.add(policyIndex, replication, tallies);
      const sum = tallies.at(-1);
      const ofPolicy = totals[job]?.[policyIndex];
      if (isNational[job] && sum && ofPolicy) ofPolicy[replication] = sum;
    },
  });
  let first = 0;
  return plans.map((plan) => {
    const from = first;
    first += plan.places.length;
    const outputs = gatherers.slice(from, first).map((gatherer) => gatherer.output(seed));
    const national = plan.isPrefectures ? nationalResults(plan, totals.slice(from, first)) : [];
    return { plan, outputs, national };
  });
}

/** All prefectures added up, replication by replication, in the order of the file. */
function nationalResults({ places }: Plan, totals: readonly Tally[][][]): Result[] {
  const scenario = places[0]?.scenario;
  if (!scenario) return [];
  return scenario.policies.map((policy, index) => {
    const figures = Array.from({ length: scenario.replications }, (_, replication) => {
      const tallies = totals.map((ofPlace) => ofPlace[index]?.[replication]);
      return figuresOf(sumTallies(tallies.filter((tally) => tally !== undefined)), scenario.draws);
    });
    const figuresOfAll = estimateFigures(figures);
    return { policy, requestType: total, figures: figuresOfAll, backlogUnserved: null };
  });
}

/** Runs one scenario with all that a report shows: series, switches, demand. */
export async function runForReport(
  scenario: Scenario,
  { seed, threads, signal }: RunOptions,
): Promise<{ output: Output; series: Series }> {
  const switches = switchVariants(scenario);
  const demand = demandVariants(scenario);
  const variants = [...switches, ...demand];
  const text = String(seed);
  const jobs: Job[] = [
    { scenario, seed: text, wantsSeries: true },
    ...variants.map(({ scenario }) => ({ scenario, seed: text, wantsSeries: false })),
  ];
  const gatherers = jobs.map(({ scenario, wantsSeries }) => createGatherer(scenario, wantsSeries));
  await runJobs(jobs, {
    threads,
    signal,
    onTallies: (job, policyIndex, replication, tallies) =>
      gatherers[job]?.add(policyIndex, replication, tallies),
  });
  const [main, ...others] = gatherers as [Gatherer, ...Gatherer[]]; // the first job is always there
  const labelled = (list: readonly VariantScenario[], from: number) =>
    list.map(({ label }, index) => {
      return { label, results: others[from + index]?.output(seed).results ?? [] };
    });
  return {
    output: main.output(seed),
    series: {
      results: main.series(),
      switches: labelled(switches, 0),
      demand: labelled(demand, switches.length),
    },
  };
}
