import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from '#src/allocator/draw/draw.ts';
import { allocateLottery } from '#src/simulator/lottery.ts';
import { parseScenario } from '#src/simulator/parse-scenario.ts';
import { admit } from '#src/simulator/persons.ts';
import { replicationStreams } from '#src/simulator/random.ts';
import { runReplication } from '#src/simulator/replication.ts';
import { createRun } from '#src/simulator/run.ts';
import { freedSlots, policies, type Scenario } from '#src/simulator/scenario.ts';
import { simulate } from '#src/simulator/simulate.ts';
import type { Tally } from '#src/simulator/tally.ts';
import { sources } from './support.ts';

const share = fc.constantFrom(0, 0.1, 0.5, 1);
const requestType = fc.record({
  arrivalsPerDraw: fc.constantFrom(0, 0.5, 4, 20),
  slotsPerDraw: fc.nat({ max: 12 }),
  backlog: fc.nat({ max: 60 }),
  abandonPerDraw: share,
  noShow: share,
  priorityShare: share,
  bookingsPerHour: fc.constantFrom(0.05, 1),
});
const scalpers = fc.record({
  identities: fc.nat({ max: 30 }),
  price: fc.constantFrom(0, 100),
  costPerBooking: fc.constantFrom(0, 1.5),
  botLatencyMs: fc.constantFrom(0, 500),
  humanRefreshPerSecond: fc.constantFrom(0, 2),
  copiesPerClient: fc.integer({ min: 1, max: 5 }),
  nameEditable: fc.boolean(),
  deskIdentityCheck: fc.boolean(),
  oneEntryPerIdentity: fc.boolean(),
  freedSlots: fc.constantFrom(...freedSlots),
  fakeIdentitiesFree: fc.boolean(),
});
const quota = fc.record({ min: fc.nat({ max: 5 }), max: fc.nat({ max: 15 }) });
const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    draws: fc.integer({ min: 1, max: 8 }),
    warmup: fc.nat({ max: 3 }),
    replications: fc.integer({ min: 1, max: 2 }),
    requestTypes: fc.dictionary(
      fc.constantFrom('A', 'B.c', '__proto__', 'constructor'),
      requestType,
      {
        minKeys: 1,
      },
    ),
    sharedSlotsPerDraw: fc.nat({ max: 8 }),
    withScalpers: fc.option(scalpers, { nil: undefined }),
    withQuota: fc.option(quota, { nil: undefined }),
    polls: fc.record({ everyHours: fc.constantFrom(1, 50), errorShare: share }),
  })
  .map(({ withScalpers, withQuota, requestTypes, ...others }) => {
    const types = Object.entries(requestTypes);
    const first = types.slice(0, 1).map(([name]): [string, unknown] => [name, withQuota]);
    return parseScenario({
      name: 'random',
      ...others,
      requestTypes: Object.fromEntries(types),
      rules: {
        priorityMax: 2,
        ageing: { ticketsPerMiss: 1, maxTickets: 3, guaranteeAfter: 4 },
        ...(withQuota ? { quotas: Object.fromEntries(first) } : {}),
      },
      ...(withScalpers ? { scalpers: withScalpers } : {}),
    });
  });

function tallies(scenario: Scenario): { policy: string; ofPolicy: Tally[] }[] {
  return scenario.policies.map((policy) => ({
    policy,
    ofPolicy: runReplication(
      { scenario, policy, seed: '7', replication: 0, wantsSeries: true },
      sources,
    ),
  }));
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

test('everybody seen is served, has left, or still waits', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      for (const { ofPolicy } of tallies(scenario)) {
        for (const tally of ofPolicy) {
          const { joined, waitingAtStart, served, left, stillWaiting } = tally;
          expect(served + left + stillWaiting).toBe(joined + waitingAtStart);
          expect(sum(tally.servedWaits)).toBe(served);
          expect(sum(tally.leftWaits)).toBe(left);
          expect(sum(tally.waitingSoFar)).toBe(stillWaiting);
          expect(sum(tally.servedByDraw)).toBe(served);
          expect(sum(tally.backlogServed)).toBeLessThanOrEqual(tally.backlog);
          expect(tally.buyersServed).toBeLessThanOrEqual(tally.buyers);
          expect(tally.othersServed).toBeLessThanOrEqual(tally.others);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('every place is used, kept by a scalper, unfilled, or freed for a draw that never came', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      for (const { ofPolicy } of tallies({ ...scenario, draws: 8, warmup: 0 })) {
        const all = ofPolicy.at(-1);
        if (!all) throw new Error('there is a total');
        const pending = all.places - all.served - all.heldAtAppointment - all.unfilled;
        const isNextDraw = scenario.scalpers?.freedSlots === 'next-draw';
        const most = isNextDraw ? scenario.scalpers.identities * ofPolicy.length : 0;
        expect(pending).toBeGreaterThanOrEqual(0);
        expect(pending).toBeLessThanOrEqual(most);
        expect(all.resold).toBeLessThanOrEqual(all.served);
        expect(all.heldAtRelease).toBeLessThanOrEqual(all.onOffer);
      }
    }),
    { numRuns: 150 },
  );
});

test('no place stays free while somebody of its type waits, without quotas', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const rules = { priorityMax: 2 };
      const { scalpers: _, ...plain } = scenario;
      for (const { ofPolicy } of tallies({ ...plain, rules, warmup: 0, draws: 1 })) {
        for (const { unfilled, served, backlog } of ofPolicy.slice(0, -1)) {
          if (unfilled > 0) expect(served).toBe(backlog);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('leaving policies out does not change the figures of the others', () => {
  fc.assert(
    fc.property(
      scenarios,
      fc.shuffledSubarray([...policies], { minLength: 1 }),
      (scenario, some) => {
        const all = simulate(scenario, 3, sources).results;
        const few = simulate({ ...scenario, policies: some }, 3, sources).results;
        for (const result of few) {
          const same = all.find((other) => {
            return other.policy === result.policy && other.requestType === result.requestType;
          });
          expect(result).toEqual(same);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('every policy meets the same arrivals, and another seed brings others', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { results } = simulate({ ...scenario, warmup: 0 }, 3, sources);
      const joined = results
        .filter(({ requestType }) => requestType === 'total')
        .map(({ figures }) => figures.joined);
      for (const one of joined) expect(one).toEqual(joined[0]);
    }),
    { numRuns: 30 },
  );
  const scenario = parseScenario({
    name: 'x',
    draws: 10,
    requestTypes: { A: { arrivalsPerDraw: 20, slotsPerDraw: 5 } },
  });
  const [first, second] = [1, 2].map((seed) => simulate(scenario, seed, sources).results);
  expect(first).not.toEqual(second);
});

test('the lottery gives exactly what the allocator gives on the same pool', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const streams = replicationStreams('5', 0, sources);
      const run = createRun(scenario, 'lottery', streams, false);
      run.period = 1;
      admit(run);
      for (const type of run.types) type.ownFree = type.scenario.slotsPerDraw;
      run.sharedFree = scenario.sharedSlotsPerDraw;
      allocateLottery(run, scenario.rules, sources.sha256);

      const names = run.types.map(({ name }) => name);
      const slot = (id: string, capacity: number, requestTypes: string[]) => {
        return { id, site: 's', start: '2026-03-02T08:00:00+01:00', capacity, requestTypes };
      };
      const slots = [
        ...run.types.map((type) =>
          slot(`own-${type.index}`, type.scenario.slotsPerDraw, [type.name]),
        ),
        slot('shared', scenario.sharedSlotsPerDraw, names),
      ].filter(({ capacity }) => capacity > 0);
      const entries = run.ranking.map(({ id, requestType, missed, priority }) => {
        return { id, requestType, missed, ...(priority ? { priority } : {}) };
      });
      const seed = streams.seed('lottery:draw:1');
      const expected = allocate(
        { entries: entries.toReversed(), slots, rules: scenario.rules, seed },
        sources.sha256,
      );
      expect(run.ranking.map(({ id }) => id)).toEqual(expected.ranking);
      for (const type of run.types) {
        const won = expected.winners.filter(({ entry }) => {
          return entries.find(({ id }) => id === entry)?.requestType === type.name;
        });
        const { held, copyWins, servedNow, sharedHeld } = type;
        expect(servedNow + held.own + held.shared + copyWins.length).toBe(won.length);
        expect(sharedHeld).toBe(won.filter((winner) => winner.slot === 'shared').length);
      }
      const winners = new Set(expected.winners.map(({ entry }) => entry));
      for (const { id, kind, typeIndex, index } of run.ranking) {
        const type = run.types[typeIndex];
        if (kind === 'person') expect(type?.persons.gone[index] === 1).toBe(winners.has(id));
        if (kind === 'false') expect(type?.falseEntries.gone[index] === 1).toBe(winners.has(id));
      }
    }),
    { numRuns: 100 },
  );
});
