import { describe, expect, test } from 'vitest';
import type { Policy } from '#src/simulator/scenario.ts';
import { expectClose, run, scenarioOf } from './support.ts';

const toy = { arrivalsPerDraw: 0, slotsPerDraw: 20, backlog: 100 };
const waitlists = ['fifo', 'lottery', 'lottery+ageing'] as const;

describe('100 persons, 20 places, 40 false identities', () => {
  const { figure } = run(
    scenarioOf(toy, { replications: 1000, scalpers: { identities: 40, price: 100 } }),
  );

  test('first come: bots hold every place at release, and sell it', () => {
    expectClose(figure('race', 'botShareAtRelease'), 1, 0);
    expectClose(figure('race', 'honestChance'), 0, 0);
    expectClose(figure('race', 'resalePrice'), 100, 0);
    expectClose(figure('race', 'resoldShare'), 1, 0);
  });

  test.each(waitlists)('%s: bots get 40 of 140, an honest person 20 of 140', (policy) => {
    expectClose(figure(policy, 'botShareAtRelease'), 2 / 7, 0.02);
    expectClose(figure(policy, 'honestChance'), 1 / 7, 0.01);
    expectClose(figure(policy, 'resalePrice'), 0, 0);
    // Every place that was cancelled for a buyer goes on: none is kept.
    expectClose(figure(policy, 'botShareAtAppointment'), 0, 0);
  });

  test('a place freed for the next draw is on offer there', () => {
    // Nobody joins or leaves: what bots gave up in the first draw, a second one hands out.
    const { figure: freed } = run(
      scenarioOf(toy, {
        draws: 2,
        replications: 50,
        policies: ['lottery'],
        scalpers: { identities: 40, price: 100 },
      }),
    );
    const served = freed('lottery', 'served').mean;
    const held = freed('lottery', 'botShareAtRelease').mean;
    expect(served).toBeGreaterThan(28.6 + 2);
    expect(held).toBeGreaterThan(0.2);
  });
});

describe('the five switches', () => {
  const crowd = { arrivalsPerDraw: 40, slotsPerDraw: 20, backlog: 150, abandonPerDraw: 0.1 };
  const attack = { identities: 40, price: 100, costPerBooking: 1 };
  const profit = (change: object, policy: Policy = 'lottery') => {
    const scenario = scenarioOf(crowd, {
      draws: 60,
      replications: 4,
      policies: [policy],
      scalpers: { ...attack, ...change },
    });
    const { figure } = run(scenario);
    return {
      perDraw: figure(policy, 'profitPerDraw').mean,
      resold: figure(policy, 'resoldShare').mean,
    };
  };

  test.each(waitlists)('%s, all as they should be: nothing is sold, the cost is lost', (policy) => {
    for (const freedSlots of ['next-draw', 'reserve']) {
      const { perDraw, resold } = profit({ freedSlots }, policy);
      expect(resold).toBe(0);
      expect(perDraw).toBe(-40);
    }
  });

  test.each([
    { nameEditable: true },
    { deskIdentityCheck: false },
    { oneEntryPerIdentity: false },
    { freedSlots: 'instant' },
    { fakeIdentitiesFree: true },
  ])('%o alone brings resale back', (change) => {
    const { perDraw, resold } = profit(change);
    expect(resold).toBeGreaterThan(0.02);
    expect(perDraw).toBeGreaterThan(0);
  });

  test('a slow bot loses the race to rebook: ρ = exp(−μδ/1000)', () => {
    const scenario = scenarioOf(
      { arrivalsPerDraw: 0, slotsPerDraw: 20, backlog: 100 },
      {
        replications: 800,
        policies: ['race'],
        scalpers: { identities: 40, price: 100, botLatencyMs: 500, humanRefreshPerSecond: 2 },
      },
    );
    const { figure } = run(scenario);
    expectClose(figure('race', 'resoldShare'), Math.exp(-1), 0.02);
    // A place that the buyer loses goes to another person, so no place is lost.
    expect(figure('race', 'chancePerDraw').mean).toBe(0.2);
  });

  test('a copy is sold only to a client whose own entry is not drawn', () => {
    // 4 clients with 10 copies each among 100 persons: 140 entries, 20 places.
    const scenario = scenarioOf(toy, {
      replications: 2000,
      policies: ['lottery'],
      scalpers: { identities: 40, price: 100, oneEntryPerIdentity: false },
    });
    const { figure } = run(scenario);
    expectClose(figure('lottery', 'botShareAtRelease'), 40 / 140, 0.01);
    expectClose(figure('lottery', 'honestChance'), 20 / 140, 0.01);
    // One of a client's 11 entries is drawn, less those whose own is: hypergeometric.
    const none = (entries: number) =>
      Array.from({ length: 20 }, (_, i) => (140 - entries - i) / (140 - i)).reduce((a, b) => a * b);
    expectClose(figure('lottery', 'resoldShare'), (4 * (none(1) - none(11))) / 20, 0.02);
  });
});

describe('buyers and the others', () => {
  const scenario = scenarioOf(
    { arrivalsPerDraw: 40, slotsPerDraw: 20, backlog: 150, abandonPerDraw: 0.1 },
    {
      draws: 200,
      warmup: 20,
      replications: 10,
      policies: ['race', 'lottery'],
      scalpers: { identities: 20, price: 100 },
    },
  );

  const { figure } = run(scenario);

  test('under the lottery a buyer gains nothing', () => {
    const advantage = figure('lottery', 'buyerAdvantage');
    expect(advantage.se).toBeLessThan(0.012);
    expect(Math.abs(advantage.mean)).toBeLessThan(4 * (advantage.se ?? 0));
    expect(figure('lottery', 'buyerChance').mean).toBeGreaterThan(0.05);
  });

  test('under the race a buyer is served for sure', () => {
    expect(figure('race', 'buyerChance').mean).toBe(1);
  });
});
