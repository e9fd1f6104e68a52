import { describe, expect, test } from 'vitest';
import { policies } from '#src/simulator/scenario.ts';
import { expectClose, figureOf, run, scenarioOf } from './support.ts';

describe('fewer arrivals than places: the bulk queue', () => {
  test.each([
    [0.8, 1, 1.6, 8000],
    [4, 5, 1.15624, 3000],
    [9, 10, 3.10124, 6000],
    [95, 100, 5.07737, 2500],
  ])('λ = %d, c = %d leave %d waiting on average', (arrivalsPerDraw, slotsPerDraw, left, draws) => {
    const scenario = scenarioOf(
      { arrivalsPerDraw, slotsPerDraw },
      { draws, warmup: 300, replications: 40, policies: ['fifo'] },
    );
    const { figure } = run(scenario);
    expectClose(figure('fifo', 'leftAfterDraw'), left, 0.025);
    expectClose(figure('fifo', 'waitMean'), (left + arrivalsPerDraw) / arrivalsPerDraw, 0.02);
  });

  test('every policy leaves as many waiting, and waits have the same mean', () => {
    const scenario = scenarioOf(
      { arrivalsPerDraw: 4, slotsPerDraw: 5 },
      { draws: 1500, warmup: 100, replications: 15 },
    );
    const { figure } = run(scenario);
    for (const policy of policies) {
      expectClose(figure(policy, 'leftAfterDraw'), 1.15624, 0.05);
      expectClose(figure(policy, 'waitMean'), (1.15624 + 4) / 4, 0.05);
    }
  });
});

describe('more arrivals than places, and people who leave: (150, 100, 0.1)', () => {
  const overload = scenarioOf(
    { arrivalsPerDraw: 150, slotsPerDraw: 100, abandonPerDraw: 0.1, backlog: 600 },
    { draws: 150, warmup: 40, replications: 12, policies: ['race', 'fifo', 'lottery'] },
  );
  const { figure } = run(overload);

  test.each(['race', 'fifo', 'lottery'] as const)(
    '%s: the pool is 600, 2/3 are served',
    (policy) => {
      expectClose(figure(policy, 'poolBeforeDraw'), 600, 0.01);
      expectClose(figure(policy, 'everServed'), 2 / 3, 0.01);
      expectClose(figure(policy, 'chancePerDraw'), 1 / 6, 0.01);
    },
  );

  test.each(['race', 'lottery'] as const)('%s: waits are geometric with q = 0.75', (policy) => {
    expectClose(figure(policy, 'waitMean'), 4, 0.01);
    expectClose(figure(policy, 'waitSd'), Math.sqrt(12), 0.01);
    expectClose(figure(policy, 'waitGini'), 3 / 7, 0.01);
    expect(figure(policy, 'waitP50').mean).toBe(3);
    expect(figure(policy, 'waitP90').mean).toBeGreaterThanOrEqual(8);
    expect(figure(policy, 'waitP90').mean).toBeLessThanOrEqual(9);
    expect(figure(policy, 'waitP99').mean).toBeCloseTo(16.7, 0);
  });

  test('fifo: everybody waits nearly as long', () => {
    expect(figure('fifo', 'waitMean').mean).toBeCloseTo(4.84, 1);
    expect(figure('fifo', 'waitSd').mean).toBeCloseTo(0.43, 1);
    expect(figure('fifo', 'waitGini').mean).toBeCloseTo(0.036, 2);
    expect(figure('fifo', 'waitP99').mean).toBeCloseTo(6, 0);
  });
});

test('nobody leaves: the share of the backlog not served is a product of chances', () => {
  const scenario = scenarioOf(
    { arrivalsPerDraw: 150, slotsPerDraw: 100, backlog: 1000 },
    { draws: 40, replications: 25, policies: ['lottery'] },
  );
  const [result] = run(scenario).output.results;
  for (const [period, share] of [
    [1, 0.9],
    [10, 0.4212],
    [40, 0.0999],
  ] as const) {
    const mean = result?.backlogUnserved?.mean[period - 1] ?? Number.NaN;
    const se = result?.backlogUnserved?.se[period - 1] ?? Number.NaN;
    expect(se).toBeLessThan(0.005);
    expect(Math.abs(mean - share)).toBeLessThanOrEqual(4 * se + 1e-4);
  }
});

test('a real weighted lottery: 450 doses, 1,800 of 10,834 with double weight', () => {
  // 2,250 wait alone for 450 places; the 1,800 who get none hold two tickets in the next draw,
  // where about 9,034 others join them with one.
  const scenario = scenarioOf(
    { arrivalsPerDraw: 9034, slotsPerDraw: 450, backlog: 2250 },
    {
      draws: 2,
      replications: 25,
      policies: ['lottery+ageing'],
      rules: { ageing: { ticketsPerMiss: 1, maxTickets: 2 } },
    },
  );
  const { mean = [], se = [] } = run(scenario).output.results[0]?.backlogUnserved ?? {};
  const share = (((mean[0] ?? 0) - (mean[1] ?? 0)) * 2250) / 450;
  const error = ((se[1] ?? 0) * 2250) / 450;
  expect(error).toBeLessThan(0.006);
  expect(Math.abs(share - 0.281)).toBeLessThan(4 * error);
});

test('no-shows are wasted places, and nobody is served twice', () => {
  const scenario = scenarioOf(
    { arrivalsPerDraw: 20, slotsPerDraw: 10, noShow: 0.25, abandonPerDraw: 0.2 },
    { draws: 200, replications: 10, policies: ['fifo'] },
  );
  const { output } = run(scenario);
  expectClose(figureOf(output, 'fifo', 'wastedShare'), 0.25, 0.05);
});
