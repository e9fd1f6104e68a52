import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Scenario } from '../../src/simulator/scenario.ts';
import type { Tally } from '../../src/simulator/tally.ts';
import { concurrently } from '../concurrently.ts';
import { startProgress } from '../progress.ts';

/** A scenario to run whole. */
export interface Job {
  readonly scenario: Scenario;
  /** The text that stands for the seed. */
  readonly seed: string;
  readonly wantsSeries: boolean;
}

interface Task {
  readonly policyIndex: number;
  readonly replication: number;
}

/** Some tasks of one job, run by one thread. */
export interface Batch {
  readonly job: number;
  readonly tasks: readonly Task[];
}

export interface JobOptions {
  readonly threads: number | undefined;
  readonly signal: AbortSignal;
  /** Called once for every policy and replication of every job, in any order. */
  readonly onTallies: (
    job: number,
    policyIndex: number,
    replication: number,
    tallies: Tally[],
  ) => void;
}

/** Enough batches for the threads to end together and the bar to move, few enough to hand over. */
const batchesWanted = 400;

/** Runs all jobs on all cores. @throws AbortError when the signal is raised. */
export async function runJobs(jobs: readonly Job[], options: JobOptions): Promise<void> {
  const { signal, onTallies } = options;
  const batches = batchesOf(jobs);
  const threads = Math.min(options.threads ?? availableParallelism(), batches.length);
  const pool = new Piscina({
    filename: new URL('./thread.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: JSON.stringify(jobs),
    // Flags of the parent, such as --test, do not all suit a thread.
    execArgv: [],
  });
  const total = batches.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const progress = startProgress('replications', process.stderr.isTTY ? total : 0);
  try {
    // One more than there are threads, so that none waits for its next batch.
    await concurrently(batches, threads + 1, async (batch) => {
      const results: Tally[][] = await pool.run(batch, { name: 'runBatch', signal });
      for (const [index, { policyIndex, replication }] of batch.tasks.entries()) {
        onTallies(batch.job, policyIndex, replication, results[index] ?? []);
      }
      progress.step(batch.tasks.length);
    });
  } finally {
    progress.done();
    await pool.destroy();
  }
}

function batchesOf(jobs: readonly Job[]): Batch[] {
  const all = jobs.reduce((sum, { scenario }) => {
    return sum + scenario.replications * scenario.policies.length;
  }, 0);
  const size = Math.ceil(all / batchesWanted);
  return jobs.flatMap(({ scenario }, job) => {
    const tasks: Task[] = [];
    for (let replication = 0; replication < scenario.replications; replication++) {
      for (const policyIndex of scenario.policies.keys()) tasks.push({ policyIndex, replication });
    }
    const batches: Batch[] = [];
    for (let from = 0; from < tasks.length; from += size) {
      batches.push({ job, tasks: tasks.slice(from, from + size) });
    }
    return batches;
  });
}
