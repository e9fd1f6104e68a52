import { describe, expect, test } from 'vitest';
import { allocate, allocateRanked } from '#src/allocator/draw/draw.ts';
import { rankEntries } from '#src/allocator/draw/ranking.ts';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { createLineDraw, line } from '../support/line-draw.ts';

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

/** How often each entry wins over all orders, and the numbers of places filled. */
function countWins(pool: readonly Entry[], slots: number, rules: Rules = {}) {
  const draw = createLineDraw(slots);
  const wins = new Map(pool.map(({ id }) => [id, 0]));
  const filled = new Set<number>();
  let orders = 0;
  for (const ranked of permutations(pool)) {
    const winners = draw(ranked, rules);
    for (const id of winners.keys()) wins.set(id, (wins.get(id) ?? 0) + 1);
    filled.add(winners.size);
    orders += 1;
  }
  return { wins: Object.fromEntries(wins), orders, filled: [...filled] };
}

describe('exact probabilities, over all orders', () => {
  test('who could sit on either place is moved for the others: 2/3 each', () => {
    const pool = [line('x', 't', [1, 2]), line('y', 't', [1]), line('z', 't', [2])];
    expect(countWins(pool, 2)).toEqual({ wins: { x: 4, y: 4, z: 4 }, orders: 6, filled: [2] });
  });

  test('a place that only one can use is theirs: 1, 1/2, 1/2, 1, always 3 filled', () => {
    const pool = [
      line('a', 't', [1, 2, 3]),
      line('b', 't', [1]),
      line('c', 't', [1]),
      line('d', 't', [2]),
    ];
    const wins = { a: 24, b: 12, c: 12, d: 24 };
    expect(countWins(pool, 3)).toEqual({ wins, orders: 24, filled: [3] });
  });

  test('one place guaranteed to two of six, one open: 8/15 and 7/30', () => {
    const pool = ['R', 'R', 'o', 'o', 'o', 'o'].map((type, n) => line(`${type}${n}`, type, [1, 2]));
    const { wins, orders } = countWins(pool, 2, { quotas: { R: { min: 1 } } });
    const rare = (orders * 8) / 15;
    const other = (orders * 7) / 30;
    expect(wins).toEqual({ R0: rare, R1: rare, o2: other, o3: other, o4: other, o5: other });
  });
});

describe('exact probabilities with parties, over all orders', () => {
  const slotsOf = (capacities: readonly number[]): Slot[] =>
    capacities.map((capacity, n) => ({
      id: `s${n}`,
      site: 'a',
      start: `2026-12-0${n + 1}T09:00:00+01:00`,
      capacity,
      requestTypes: ['t'],
    }));
  /** The mean chance of entries of each size, and of places filled. */
  const chances = (sizes: readonly number[], capacities: readonly number[]) => {
    const pool = sizes.map((size, n): Entry => {
      return { id: `e${n}`, requestType: 't', missed: 0, ...(size > 1 ? { party: size } : {}) };
    });
    const slots = slotsOf(capacities);
    const wins = new Map<number, number>();
    let [orders, filled] = [0, 0];
    for (const ranked of permutations(pool)) {
      for (const { entry } of allocateRanked(ranked, slots, {})) {
        const size = sizes[Number(entry.slice(1))] ?? 0;
        wins.set(size, (wins.get(size) ?? 0) + 1);
        filled += size;
      }
      orders += 1;
    }
    const chance = (size: number) =>
      (wins.get(size) ?? 0) / orders / sizes.filter((other) => other === size).length;
    return { chance, filled: filled / orders };
  };

  test('one slot of 4: a party of 4, or one of 2, among four singles', () => {
    const four = chances([4, 1, 1, 1, 1], [4]);
    expect([four.chance(4), four.chance(1)]).toEqual([1 / 5, 4 / 5]);
    const two = chances([2, 1, 1, 1, 1], [4]);
    expect([two.chance(2), two.chance(1)]).toEqual([3 / 5, 7 / 10]);
  });

  test('two slots of 3: parties of 3, 2 and 2 and three singles', () => {
    const { chance, filled } = chances([3, 2, 2, 1, 1, 1], [3, 3]);
    expect(chance(3)).toBeCloseTo(0.5, 4);
    expect(chance(2)).toBeCloseTo(0.575, 4);
    expect(chance(1)).toBeCloseTo(0.6722, 4);
    expect(filled).toBeCloseTo(5.8167, 4);
  });
});

const draws = 6_000;
/** The same seeds in every run: what holds once holds for ever. */
const seedOf = (n: number) => nodeSha256.hex(`probabilities ${n}`);

describe('probabilities of tickets', () => {
  // Who missed n draws holds n + 1 tickets.
  const pool = [0, 1, 2].map((missed) => ({ id: `e${missed}`, requestType: 't', missed }));
  const rules = { ageing: { ticketsPerMiss: 1, maxTickets: 3 } };

  test.each([
    [1, [1 / 6, 1 / 3, 1 / 2]],
    [2, [5 / 12, 11 / 15, 17 / 20]],
  ])('1, 2 and 3 tickets for %i places', (places, chances) => {
    const wins = [0, 0, 0];
    for (let n = 0; n < draws; n++) {
      const ranked = rankEntries(pool, rules, seedOf(n), nodeSha256);
      for (const { entry } of ranked.slice(0, places))
        wins[entry.missed] = (wins[entry.missed] ?? 0) + 1;
    }
    for (const [missed, chance] of chances.entries()) {
      const deviation = Math.sqrt(draws * chance * (1 - chance));
      expect(Math.abs((wins[missed] ?? 0) - draws * chance)).toBeLessThan(3.5 * deviation);
    }
  });
});

test('wins of equals over many draws are as even as chance, and no more even', () => {
  const [n, m] = [30, 8];
  const start = '2026-12-01T09:00:00+01:00';
  const slots: Slot[] = [{ id: 's', site: 'a', start, capacity: m, requestTypes: ['t'] }];
  const entries = Array.from({ length: n }, (_, k) => ({
    id: `e${k}`,
    requestType: 't',
    missed: 0,
  }));
  const wins = new Map(entries.map(({ id }) => [id, 0]));
  for (let k = 0; k < draws; k++) {
    const { winners } = allocate({ entries, slots, rules: {}, seed: seedOf(k) }, nodeSha256);
    for (const { entry } of winners) wins.set(entry, (wins.get(entry) ?? 0) + 1);
  }
  const expected = (draws * m) / n;
  const sum = [...wins.values()].reduce((total, won) => total + (won - expected) ** 2, 0);
  // χ² with n − 1 degrees of freedom, once the wins of one draw are known to exclude each other.
  const chiSquare = (((n - 1) / n) * sum) / (expected * (1 - m / n));
  // 0.1 % and 99.9 % of χ² with 29 degrees of freedom.
  expect(chiSquare).toBeGreaterThan(10.99);
  expect(chiSquare).toBeLessThan(58.3);
});
