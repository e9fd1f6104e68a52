import seedrandom from 'seedrandom';
import { expect } from 'vitest';
import { parseScenario } from '#src/simulator/parse-scenario.ts';
import type { Sources } from '#src/simulator/random.ts';
import type { Estimate, FigureName, Output } from '#src/simulator/results.ts';
import type { Policy, Scenario } from '#src/simulator/scenario.ts';
import { simulate } from '#src/simulator/simulate.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';

export const sources: Sources = { random: (seed) => seedrandom(seed), sha256: nodeSha256 };

/** A scenario with one request type `A`. */
export function scenarioOf(
  type: Record<string, unknown>,
  others: Record<string, unknown> = {},
): Scenario {
  return parseScenario({ name: 'test', draws: 1, requestTypes: { A: type }, ...others });
}

/** Runs a scenario and gives a way to look at its figures. */
export function run(scenario: Scenario, seed = 1) {
  const output = simulate(scenario, seed, sources);
  return { output, figure: (policy: Policy, name: FigureName) => figureOf(output, policy, name) };
}

/** A figure of request type `A` (or another) that is defined. */
export function figureOf(
  { results }: Output,
  policy: Policy,
  name: FigureName,
  requestType = 'A',
): Estimate {
  const result = results.find((r) => r.policy === policy && r.requestType === requestType);
  const figure = result?.figures[name];
  if (!figure) throw new Error(`no ${name} of ${policy}`);
  return figure;
}

/** Within four standard errors, which are themselves at most `precision` of the answer. */
export function expectClose(figure: Estimate, answer: number, precision: number): void {
  expect(figure.se ?? Number.NaN).toBeLessThanOrEqual(precision * Math.abs(answer));
  // Rounding leaves a last bit even where the standard error is 0.
  const allowed = 4 * (figure.se ?? 0) + 1e-9;
  expect(Math.abs(figure.mean - answer), `${figure.mean} is not ${answer}`).toBeLessThanOrEqual(
    allowed,
  );
}
