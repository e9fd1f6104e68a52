import { expect, test } from 'vitest';
import { parseScenario } from '#src/simulator/parse-scenario.ts';
import { simulate } from '#src/simulator/simulate.ts';
import { expectClose, figureOf, sources } from './support.ts';

const none = { arrivalsPerDraw: 0, slotsPerDraw: 0 };

test('a queue serves those who joined first, whatever their type', () => {
  // 30 of A wait from the first period on; B comes from the second. Five shared places a period.
  const servedOfB = (draws: number) => {
    const scenario = parseScenario({
      name: 'queue',
      draws,
      replications: 3,
      policies: ['fifo'],
      sharedSlotsPerDraw: 5,
      requestTypes: { B: { ...none, arrivalsPerDraw: 10 }, A: { ...none, backlog: 30 } },
    });
    return figureOf(simulate(scenario, 1, sources), 'fifo', 'served', 'B').mean;
  };
  expect(servedOfB(6)).toBe(0);
  expect(servedOfB(7)).toBe(5);
});

test('race, queue and lottery share places out alike among those who joined together', () => {
  const scenario = parseScenario({
    name: 'together',
    draws: 1,
    replications: 3000,
    policies: ['race', 'fifo', 'lottery'],
    sharedSlotsPerDraw: 12,
    requestTypes: {
      A: { ...none, slotsPerDraw: 8, backlog: 20 },
      B: { ...none, backlog: 20 },
      C: { ...none, slotsPerDraw: 3, backlog: 2 },
    },
  });
  const output = simulate(scenario, 1, sources);
  const lottery = figureOf(output, 'lottery', 'served', 'B');
  for (const policy of ['race', 'fifo'] as const) {
    const { mean, se } = figureOf(output, policy, 'served', 'B');
    expect(se).toBeLessThan(0.05);
    expect(Math.abs(mean - lottery.mean)).toBeLessThan(4 * Math.hypot(se ?? 0, lottery.se ?? 0));
    // C has a place of its own to spare, and nobody for it.
    expect(figureOf(output, policy, 'served', 'C').mean).toBe(2);
    expect(figureOf(output, policy, 'unfilledShare', 'C').mean).toBeGreaterThan(0);
    expect(figureOf(output, policy, 'unfilledShare', 'total').mean).toBeCloseTo(1 / 23, 12);
  }
  // A uses its own places before shared ones, so it has more places than B.
  expectClose(figureOf(output, 'lottery', 'servedShare', 'total'), 22 / 42, 0);
});

test('a quota that caps a type leaves places unfilled rather than break it', () => {
  const scenario = parseScenario({
    name: 'cap',
    draws: 1,
    replications: 5,
    policies: ['lottery', 'race'],
    sharedSlotsPerDraw: 10,
    rules: { quotas: { A: { max: 4 } } },
    requestTypes: { A: { ...none, backlog: 50 } },
  });
  const output = simulate(scenario, 1, sources);
  expect(figureOf(output, 'lottery', 'served').mean).toBe(4);
  expect(figureOf(output, 'lottery', 'unfilledShare', 'total').mean).toBe(0.6);
  expect(figureOf(output, 'race', 'served').mean).toBe(10);
});

test('bots under the race take own places first, then shared ones, type by type', () => {
  const scenario = parseScenario({
    name: 'bots',
    draws: 1,
    replications: 2,
    policies: ['race'],
    sharedSlotsPerDraw: 5,
    requestTypes: {
      A: { ...none, slotsPerDraw: 4, backlog: 50 },
      B: { ...none, slotsPerDraw: 4, backlog: 50 },
    },
    scalpers: { identities: 7, price: 10, costPerBooking: 1, fakeIdentitiesFree: false },
  });
  const output = simulate(scenario, 1, sources);
  // A: 4 own + 3 shared; B: 4 own + the other 2.
  expect(figureOf(output, 'race', 'profitPerDraw', 'A').mean).toBe(7 * 9);
  expect(figureOf(output, 'race', 'profitPerDraw', 'B').mean).toBe(6 * 9);
  expect(figureOf(output, 'race', 'botShareAtRelease', 'total').mean).toBe(1);
  expect(figureOf(output, 'race', 'profitPerIdentity', 'total').mean).toBe((13 * 9) / 14);
});
