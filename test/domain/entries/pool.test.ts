import { expect, test } from 'vitest';
import { beganBefore, drawEntry, isInPool, isPrior, waitsFrom } from '#src/domain/entries/pool.ts';
import { sampleNowMs as nowMs, sampleEntry } from '../../support/samples.ts';

test('a waiting entry is in the pools of draws after the one since when it waits', () => {
  const pools = (since?: number) =>
    [1, 2, 3].filter((n) => isInPool({ state: 'waiting', ...(since ? { since } : {}) }, n));
  expect([pools(), pools(1), pools(2), pools(3)]).toEqual([[1, 2, 3], [2, 3], [3], []]);
});

test('an entry that does not wait is in no pool, though it may have been in one', () => {
  for (const state of ['unverified', 'offered', 'withdrawn'] as const) {
    expect(isInPool({ state, since: 1 }, 2)).toBe(false);
  }
  expect([beganBefore({ since: 1 }, 1), beganBefore({ since: 1 }, 2)]).toEqual([false, true]);
});

test('an entry that begins to wait keeps the last draw it sits out', () => {
  expect([waitsFrom({}, 4), waitsFrom({ since: 3 }, 4), waitsFrom({ since: 6 }, 4)]).toEqual([
    4, 4, 6,
  ]);
});

test('a draw frozen at the end of a priority knows it no more', () => {
  const entry = sampleEntry({ priority: { ground: 'health', untilMs: nowMs } });
  expect([isPrior(entry, nowMs - 1), isPrior(entry, nowMs)]).toEqual([true, false]);
  expect(drawEntry(entry, nowMs - 1, {})).toHaveProperty('priority', true);
  expect(drawEntry(entry, nowMs, {})).not.toHaveProperty('priority');
});
