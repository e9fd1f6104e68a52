import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankEntries, sortByRank, ticketCount } from '#src/allocator/draw/ranking.ts';
import type { Entry } from '#src/allocator/types.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { entries, rules, seed } from '../support/arbitraries.ts';

/** The ranking as §3 words it, with another SHA-256 interface and no shortcut. */
function plainRanking(
  pool: readonly Entry[],
  guaranteeAfter: number,
  tickets: (e: Entry) => number,
  drawSeed: string,
) {
  const numberOf = (entry: Entry) =>
    Array.from({ length: tickets(entry) }, (_, k) =>
      createHash('sha256').update(`${drawSeed}:${entry.id}:${k}`).digest('hex'),
    ).sort()[0] ?? '';
  return pool
    .map((entry) => ({
      entry,
      number: numberOf(entry),
      guaranteed: entry.missed >= guaranteeAfter,
    }))
    .sort((a, b) => {
      if (a.guaranteed !== b.guaranteed) return a.guaranteed ? -1 : 1;
      return a.number < b.number ? -1 : 1;
    });
}

describe('rankEntries', () => {
  test('ranks by guarantee, then by the smallest ticket', () => {
    fc.assert(
      fc.property(entries(25), rules, seed, (pool, rule, drawSeed) => {
        const {
          ticketsPerMiss = 0,
          maxTickets = 1,
          guaranteeAfter = Number.POSITIVE_INFINITY,
        } = rule.ageing ?? {};
        const tickets = ({ missed }: Entry) => Math.min(maxTickets, 1 + ticketsPerMiss * missed);
        const expected = plainRanking(pool, guaranteeAfter, tickets, drawSeed);
        expect(rankEntries(pool, rule, drawSeed, nodeSha256)).toEqual(expected);
        const order = expected.map(({ entry }) => entry);
        expect(sortByRank(pool, rule, drawSeed, nodeSha256)).toEqual(order);
      }),
    );
  });

  test('thousands of entries are sorted by their whole numbers', () => {
    const pool = Array.from({ length: 5_000 }, (_, index) => ({
      id: `e${index}`,
      requestType: 'x',
      missed: index % 3,
    }));
    const ranked = rankEntries(pool, { ageing: { guaranteeAfter: 2 } }, '0'.repeat(64), nodeSha256);
    expect(ranked).toEqual(plainRanking(pool, 2, () => 1, '0'.repeat(64)));
  });

  test('numbers that begin alike are compared to their end, and then by id', () => {
    // A hash that keeps only the last digit of what is asked tells ties of every length apart.
    const digits: Record<string, string> = { a: '3', b: '1', c: '2', d: '1' };
    const hex = (message: string | Uint8Array) =>
      '0'.repeat(63) + digits[String(message).split(':')[1] ?? ''];
    const pool = ['a', 'b', 'c', 'd'].map((id) => ({ id, requestType: 'x', missed: 0 }));
    const sha256 = { ...nodeSha256, hex };
    const order = (list: readonly Entry[]) =>
      rankEntries(list, {}, 's', sha256)
        .map(({ entry }) => entry.id)
        .join('');
    expect(order(pool)).toBe('bdca');
    expect(order(pool.toReversed())).toBe('bdca');
  });

  test('a withdrawal never reorders the others', () => {
    fc.assert(
      fc.property(entries(12), rules, seed, fc.nat(), (pool, rule, drawSeed, n) => {
        const leaver = pool[n % Math.max(1, pool.length)];
        const order = (list: readonly Entry[]) =>
          rankEntries(list, rule, drawSeed, nodeSha256).map(({ entry }) => entry);
        const others = pool.filter((entry) => entry !== leaver);
        expect(order(others)).toEqual(order(pool).filter((entry) => entry !== leaver));
      }),
    );
  });
});

test.each([
  ['no ageing', undefined, 9, 1],
  ['one ticket more for each miss', { ticketsPerMiss: 1, maxTickets: 10 }, 3, 4],
  ['no more than the most', { ticketsPerMiss: 5, maxTickets: 7 }, 3, 7],
  ['misses beyond counting', { ticketsPerMiss: 1_000, maxTickets: 1_000 }, 2 ** 53 - 1, 1_000],
  ['no most given', { ticketsPerMiss: 3 }, 3, 1],
])('tickets with %s', (_title, ageing, missed, tickets) => {
  const entry = { id: 'e', requestType: 'x', missed };
  expect(ticketCount(entry, ageing === undefined ? {} : { ageing })).toBe(tickets);
});
