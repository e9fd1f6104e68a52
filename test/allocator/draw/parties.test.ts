import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, allocateRanked } from '#src/allocator/draw/draw.ts';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { entries, rules, seed, slots } from '../support/arbitraries.ts';
import { entries2, rules2, slots2, wideEntries2, wideSlots2 } from '../support/arbitraries-2.ts';
import { isMatchable, isSeatable, plainWinners } from '../support/plain-draw.ts';
import { plainPasses, plainSeats2, take } from '../support/plain-draw-2.ts';

const world = fc.tuple(entries2(9), slots2(5), rules2);
const runs = { numRuns: 400 };

const idsOf = (ranked: readonly Entry[], places: readonly Slot[], rule: Rules) =>
  new Set(allocateRanked(ranked, places, rule).map(({ entry }) => entry));
const placesOf = (ids: ReadonlySet<string>, pool: readonly Entry[]) =>
  pool.filter(({ id }) => ids.has(id)).reduce((sum, { party = 1 }) => sum + party, 0);
const maxOf = ({ quotas }: Rules, type: string) =>
  new Map(Object.entries(quotas ?? {})).get(type)?.max ?? Number.POSITIVE_INFINITY;

describe('who is drawn, and where parties sit', () => {
  test('winners, parties and seats are those of the plain reading of §4 and §5', () => {
    const met = { parties: 0, owed: 0, lost: 0 };
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const plain = plainPasses(ranked, places, rule, isMatchable);
        const expected = plainSeats2(plain, places, isMatchable);
        expect(allocateRanked(ranked, places, rule)).toEqual(expected);
        met.parties += plain.fixed.size;
        met.owed += plain.winners.filter(({ owed }) => owed).length;
        met.lost += ranked.filter((one) => one.party && !plain.winners.includes(one)).length;
      }),
      { numRuns: 1_500 },
    );
    for (const [what, count] of Object.entries(met))
      expect([what, count > 300]).toEqual([what, true]);
  });

  test('so they are where every way is tried', () => {
    fc.assert(
      fc.property(entries2(6), slots2(4), rules2, (ranked, places, rule) => {
        const plain = plainPasses(ranked, places, rule, isSeatable);
        expect(allocateRanked(ranked, places, rule)).toEqual(
          plainSeats2(plain, places, isSeatable),
        );
      }),
      runs,
    );
  });

  test('so they are in pools of a hundred', () => {
    fc.assert(
      fc.property(wideEntries2, wideSlots2, rules2, (ranked, places, rule) => {
        // Fewer slots than v1's pools have: parties must compete.
        const few = places.slice(0, 30);
        const plain = plainPasses(ranked, few, rule, isMatchable);
        const expected = plainSeats2(plain, few, isMatchable);
        expect(allocateRanked(ranked, few, rule)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test('no loser can be taken unless a winner or a party gives way, or a cap', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const plain = plainPasses(ranked, places, rule, isMatchable);
        const won = idsOf(ranked, places, rule);
        for (const loser of ranked.filter(({ id }) => !won.has(id))) {
          const ofType = ranked.filter(({ requestType }) => requestType === loser.requestType);
          const after = placesOf(won, ofType) + (loser.party ?? 1);
          const isCapped = after > maxOf(rule, loser.requestType);
          expect(isCapped || !take(loser, plain, places, isMatchable)).toBe(true);
        }
      }),
      runs,
    );
  });

  test('an entry that could not be taken once can never be taken later in the draw', () => {
    let failures = 0;
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const { failed, ...end } = plainPasses(ranked, places, rule, isMatchable);
        for (const entry of failed) {
          expect(take(entry, end, places, isMatchable)).toBeUndefined();
          expect(end.winners).not.toContain(entry);
          failures += 1;
        }
      }),
      runs,
    );
    expect(failures).toBeGreaterThan(300);
  });

  test('moving a winner up the ranking never makes it lose', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.nat(), ([ranked, places, rule], from, to) => {
        const won = idsOf(ranked, places, rule);
        const winners = ranked.filter(({ id }) => won.has(id));
        const winner = winners[from % Math.max(winners.length, 1)];
        if (!winner) return;
        const rank = ranked.indexOf(winner);
        const moved = ranked.toSpliced(rank, 1).toSpliced(to % (rank + 1), 0, winner);
        expect(idsOf(moved, places, rule)).toContain(winner.id);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a pool without parties and amends has the winners of v1, so as many places filled', () => {
    fc.assert(
      fc.property(entries(9), slots(6), rules, (ranked, places, rule) => {
        const plain = plainPasses(ranked, places, rule, isMatchable);
        expect(plain.winners).toEqual(plainWinners(ranked, places, rule, isMatchable));
      }),
      runs,
    );
  });

  test('no slot is beyond its capacity, no type beyond its maximum, nobody sits where it cannot', () => {
    fc.assert(
      fc.property(world, seed, ([pool, places, rule], drawSeed) => {
        const input = { entries: pool, slots: places, rules: rule, seed: drawSeed };
        const { winners } = allocate(input, nodeSha256);
        const byId = new Map(pool.map((entry) => [entry.id, entry]));
        const sum = (ids: readonly { entry: string }[]) =>
          ids.reduce((all, { entry }) => all + (byId.get(entry)?.party ?? 1), 0);
        for (const { id, capacity, requestTypes } of places) {
          const there = winners.filter(({ slot }) => slot === id);
          expect(sum(there)).toBeLessThanOrEqual(capacity);
          for (const { entry } of there) {
            expect(requestTypes).toContain(byId.get(entry)?.requestType);
          }
        }
        for (const { requestType } of pool) {
          const ofType = winners.filter(
            ({ entry }) => byId.get(entry)?.requestType === requestType,
          );
          expect(sum(ofType)).toBeLessThanOrEqual(maxOf(rule, requestType));
        }
      }),
      runs,
    );
  });

  test('the order in which entries and slots come changes nothing', () => {
    fc.assert(
      fc.property(world, seed, ([pool, places, rule], drawSeed) => {
        const input = { entries: pool, slots: places, rules: rule, seed: drawSeed };
        const turned = { ...input, entries: pool.toReversed(), slots: places.toReversed() };
        expect(allocate(turned, nodeSha256)).toEqual(allocate(input, nodeSha256));
      }),
      runs,
    );
  });
});

describe('ranking', () => {
  test('puts the owed first, then the guaranteed who do not rest, each by number', () => {
    fc.assert(
      fc.property(entries2(20), rules2, seed, (pool, rule, drawSeed) => {
        const { ranking } = allocate(
          { entries: pool, slots: [], rules: rule, seed: drawSeed },
          nodeSha256,
        );
        const after = rule.ageing?.guaranteeAfter ?? Number.POSITIVE_INFINITY;
        const numberOf = ({ id, missed }: Entry) => {
          const { ticketsPerMiss = 0, maxTickets = 1 } = rule.ageing ?? {};
          const count = Math.min(maxTickets, 1 + ticketsPerMiss * missed);
          const tickets = Array.from({ length: count }, (_, k) =>
            nodeSha256.hex(`${drawSeed}:${id}:${k}`),
          );
          return tickets.sort()[0] ?? '';
        };
        const keyOf = (entry: Entry) =>
          [
            entry.owed ? 0 : 1,
            entry.missed >= after && !entry.resting ? 0 : 1,
            numberOf(entry),
            entry.id,
          ].join();
        const expected = pool.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        expect(ranking).toEqual(expected.map(({ id }) => id));
      }),
      runs,
    );
  });
});
