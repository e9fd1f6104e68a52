import type { Estimate, FigureName } from '../../../src/simulator/results.ts';
import type { Policy } from '../../../src/simulator/scenario.ts';
import { find, type ReportInput, wholeType } from './view.ts';
import { margin } from './wording.ts';

/** What a policy gives for one figure. */
export interface Standing {
  readonly policy: Policy;
  readonly estimate: Estimate;
}

/**
 * The policies in the order of a figure, from least to most, in groups that the run tells apart:
 * neighbours whose 95 % intervals overlap stand in one group, in the order of the scenario. With a single replication nothing is
 * known of the intervals, so all stand together. Those without a value are left out. Pure.
 */
export function groupsOf({ output }: ReportInput, figure: FigureName): Standing[][] {
  const { policies, replications } = output.scenario;
  const type = wholeType(output);
  const standings = policies
    .flatMap((policy): Standing[] => {
      const estimate = find(output.results, policy, type, figure);
      return estimate ? [{ policy, estimate }] : [];
    })
    .sort((a, b) => a.estimate.mean - b.estimate.mean);
  const groups: Standing[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const standing of standings) {
    const half = margin(standing.estimate, replications) ?? Number.POSITIVE_INFINITY;
    const group = groups.at(-1);
    if (group && standing.estimate.mean - half <= reach) group.push(standing);
    else groups.push([standing]);
    reach = Math.max(reach, standing.estimate.mean + half);
  }
  const inOrder = (a: Standing, b: Standing) =>
    policies.indexOf(a.policy) - policies.indexOf(b.policy);
  return groups.map((group) => group.sort(inOrder));
}
