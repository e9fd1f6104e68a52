import type { RequestTypeScenario, Scalpers, Scenario } from '../../src/simulator/scenario.ts';

/** A scenario with one thing changed, for a report. */
export interface VariantScenario {
  readonly label: string;
  readonly scenario: Scenario;
}

/** A variant needs fewer replications than the answer itself. */
const mostReplications = 10;

/** Every switch as the batch system wants it, then each of the five turned alone. */
export function switchVariants(scenario: Scenario): VariantScenario[] {
  const { scalpers } = scenario;
  if (!scalpers) return [];
  const safe: Scalpers = {
    ...scalpers,
    nameEditable: false,
    deskIdentityCheck: true,
    oneEntryPerIdentity: true,
    freedSlots: 'next-draw',
    fakeIdentitiesFree: false,
  };
  const turned: [string, Partial<Scalpers>][] = [
    ['default', {}],
    ['nameEditable', { nameEditable: true }],
    ['deskIdentityCheck', { deskIdentityCheck: false }],
    ['oneEntryPerIdentity', { oneEntryPerIdentity: false }],
    ['freedSlots', { freedSlots: 'instant' }],
    ['fakeIdentitiesFree', { fakeIdentitiesFree: true }],
  ];
  return turned.map(([label, change]) => {
    return { label, scenario: { ...fewer(scenario), scalpers: { ...safe, ...change } } };
  });
}

/** More and less demand than the scenario says. */
export function demandVariants(scenario: Scenario): VariantScenario[] {
  return [0.5, 0.75, 1, 1.25, 1.5, 2].map((factor) => {
    const types = Object.entries(scenario.requestTypes).map(
      ([name, type]): [string, RequestTypeScenario] => [name, scaled(type, factor)],
    );
    const requestTypes = Object.fromEntries(types);
    return { label: String(factor), scenario: { ...fewer(scenario), requestTypes } };
  });
}

function scaled(type: RequestTypeScenario, factor: number): RequestTypeScenario {
  return {
    ...type,
    arrivalsPerDraw: factor * type.arrivalsPerDraw,
    backlog: Math.round(factor * type.backlog),
  };
}

function fewer(scenario: Scenario): Scenario {
  return { ...scenario, replications: Math.min(scenario.replications, mostReplications) };
}
