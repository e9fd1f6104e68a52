import { workerData } from 'node:worker_threads';
import seedrandom from 'seedrandom';
import { runReplication } from '../../src/simulator/replication.ts';
import type { Tally } from '../../src/simulator/tally.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import type { Batch, Job } from './jobs.ts';

// Entry point of a worker thread: called by name (jobs.ts), one at a time. The jobs come as text,
// because a clone of an object would lose a request type called `__proto__`.
const jobs: Job[] = JSON.parse(workerData);
const sources = { random: (seed: string) => seedrandom(seed), sha256: nodeSha256 };

/** Runs some replications of one job, and gives what was counted in each. */
export function runBatch({ job: index, tasks }: Batch): Tally[][] {
  const job = jobs[index];
  if (!job) throw new Error('a batch of no job');
  const { scenario, seed, wantsSeries } = job;
  return tasks.map(({ policyIndex, replication }) => {
    const policy = scenario.policies[policyIndex];
    if (!policy) throw new Error('a task of no policy');
    return runReplication({ scenario, policy, seed, replication, wantsSeries }, sources);
  });
}
