import { createGatherer } from './gather.ts';
import type { Sources } from './random.ts';
import { type ReplicationTask, runReplication } from './replication.ts';
import type { Output } from './results.ts';
import type { Scenario } from './scenario.ts';

/** A task of a simulation, and where its tallies belong. */
export interface PlacedTask extends ReplicationTask {
  readonly policyIndex: number;
}

/** Every policy of every replication: each can be run anywhere, in any order. Pure. */
export function tasksOf(scenario: Scenario, seed: string, wantsSeries: boolean): PlacedTask[] {
  const tasks: PlacedTask[] = [];
  for (let replication = 0; replication < scenario.replications; replication++) {
    for (const [policyIndex, policy] of scenario.policies.entries()) {
      tasks.push({ scenario, policy, policyIndex, seed, replication, wantsSeries });
    }
  }
  return tasks;
}

/** Runs a whole scenario, one replication after the other. Pure. */
export function simulate(scenario: Scenario, seed: number, sources: Sources): Output {
  const gatherer = createGatherer(scenario, false);
  for (const task of tasksOf(scenario, String(seed), false)) {
    gatherer.add(task.policyIndex, task.replication, runReplication(task, sources));
  }
  return gatherer.output(seed);
}
