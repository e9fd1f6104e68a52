import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, allocateRanked, outcomeHash } from '#src/allocator/draw/draw.ts';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';
import { jcs } from '#src/base/jcs.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { entries, rules, seed, slots, wideEntries, wideSlots } from '../support/arbitraries.ts';
import { createLineDraw, line } from '../support/line-draw.ts';
import {
  isMatchable,
  isSeatable,
  mostSeated,
  plainSeats,
  plainWinners,
} from '../support/plain-draw.ts';

const world = fc.tuple(entries(9), slots(6), rules);
const runs = { numRuns: 400 };

const winnersOf = (ranked: readonly Entry[], places: readonly Slot[], rule: Rules): Entry[] => {
  const ids = new Set(allocateRanked(ranked, places, rule).map(({ entry }) => entry));
  return ranked.filter(({ id }) => ids.has(id));
};
const ofType = (list: readonly Entry[], type: string) =>
  list.filter(({ requestType }) => requestType === type).length;
const maxOf = ({ quotas }: Rules, type: string) =>
  new Map(Object.entries(quotas ?? {})).get(type)?.max ?? Number.POSITIVE_INFINITY;
const withoutMax = ({ quotas, ...others }: Rules): Rules => ({
  ...others,
  quotas: Object.fromEntries(
    Object.entries(quotas ?? {}).map(([type, { min = 0 }]) => [type, { min }]),
  ),
});

describe('who is drawn', () => {
  test('the winners and their seats are those of the plain reading of §4 and §5', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const winners = plainWinners(ranked, places, rule);
        expect(allocateRanked(ranked, places, rule)).toEqual(plainSeats(winners, places));
      }),
      { numRuns: 1_500 },
    );
  });

  test('so they are in pools too large to try every way', () => {
    fc.assert(
      fc.property(wideEntries, wideSlots, rules, (ranked, places, rule) => {
        const winners = plainWinners(ranked, places, rule, isMatchable);
        const expected = plainSeats(winners, places, isMatchable);
        expect(allocateRanked(ranked, places, rule)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('the two plain ways to say who is seatable agree', () => {
    fc.assert(
      fc.property(entries(6), slots(5), (pool, places) => {
        expect(isMatchable(pool, places)).toBe(isSeatable(pool, places));
      }),
      runs,
    );
  });

  test('no loser could be added without removing a winner or breaking a cap', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const winners = winnersOf(ranked, places, rule);
        for (const loser of ranked.filter((entry) => !winners.includes(entry))) {
          const isCapped = ofType(winners, loser.requestType) >= maxOf(rule, loser.requestType);
          expect(isCapped || !isSeatable([...winners, loser], places)).toBe(true);
        }
      }),
      runs,
    );
  });

  test('with no maximum in force, as many places are filled as can be', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const winners = winnersOf(ranked, places, withoutMax(rule));
        expect(winners).toHaveLength(mostSeated(ranked, places));
      }),
      runs,
    );
  });

  test('a minimum that its type cannot use takes nothing from the others', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const asked = { ...rule, quotas: { ...rule.quotas, nobody: { min: 5 } } };
        expect(allocateRanked(ranked, places, asked)).toEqual(allocateRanked(ranked, places, rule));
      }),
      runs,
    );
    // Two places, two guaranteed to a type with one entry: the other place is filled all the same.
    const ranked = [
      line('a', 'other', [1, 2]),
      line('b', 'other', [1, 2]),
      line('c', 'rare', [1, 2]),
    ];
    const won = createLineDraw(2)(ranked, { quotas: { rare: { min: 2 } } });
    expect([...won.keys()]).toEqual(['a', 'c']);
  });

  test('moving a winner up the ranking never makes it lose', () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.nat(), ([ranked, places, rule], from, to) => {
        const winners = winnersOf(ranked, places, rule);
        const winner = winners[from % Math.max(winners.length, 1)];
        if (!winner) return;
        const rank = ranked.indexOf(winner);
        const moved = ranked.toSpliced(rank, 1).toSpliced(to % (rank + 1), 0, winner);
        expect(winnersOf(moved, places, rule)).toContain(winner);
      }),
      runs,
    );
  });

  test('a maximum is never passed, and wins over a larger minimum', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const winners = winnersOf(ranked, places, rule);
        for (const { requestType } of winners) {
          expect(ofType(winners, requestType)).toBeLessThanOrEqual(maxOf(rule, requestType));
        }
      }),
      runs,
    );
    const ranked = [line('a', 'x', [1, 2]), line('b', 'x', [1, 2]), line('c', 'x', [1, 2])];
    expect(createLineDraw(2)(ranked, { quotas: { x: { min: 2, max: 1 } } }).size).toBe(1);
  });

  test('nobody sits beyond capacity, twice, or where it cannot', () => {
    fc.assert(
      fc.property(world, seed, ([pool, places, rule], drawSeed) => {
        const input = { entries: pool, slots: places, rules: rule, seed: drawSeed };
        const { ranking, winners } = allocate(input, nodeSha256);
        expect(ranking.toSorted()).toEqual(pool.map(({ id }) => id).sort());
        const ranks = winners.map(({ entry }) => ranking.indexOf(entry));
        expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
        for (const { id, capacity } of places) {
          expect(winners.filter(({ slot }) => slot === id).length).toBeLessThanOrEqual(capacity);
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

  test('a frozen input is left as it was', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const before = jcs([ranked, places, rule]);
        allocateRanked(ranked, places, rule);
        expect(jcs([ranked, places, rule])).toBe(before);
      }),
      runs,
    );
  });

  test('more places than any count holds exactly are no trouble', () => {
    const start = '2026-12-01T09:00:00+01:00';
    const slot = { site: 'a', start, capacity: Number.MAX_SAFE_INTEGER, requestTypes: ['x'] };
    const places = [
      { id: 's2', ...slot },
      { id: 's1', ...slot },
    ];
    const ranked = [{ id: 'e', requestType: 'x', missed: 0 }];
    expect(allocateRanked(ranked, places, {})).toEqual([{ entry: 'e', slot: 's1' }]);
  });
});

describe('outcomeHash', () => {
  test('is SHA-256 of the RFC 8785 serialisation of the winners', () => {
    fc.assert(
      fc.property(world, ([ranked, places, rule]) => {
        const winners = allocateRanked(ranked, places, rule);
        expect(outcomeHash(winners, nodeSha256)).toBe(nodeSha256.hex(jcs(winners)));
      }),
      runs,
    );
  });
});
