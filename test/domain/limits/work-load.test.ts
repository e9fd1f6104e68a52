import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_WORK, recentlyAsked, workFactor } from '#src/domain/limits/work-load.ts';

const counts = fc.nat({ max: 1_000_000 });

describe('workFactor', () => {
  test('a calm block works once, twice as much asking is twice the work', () => {
    expect([1, 30, 31, 60, 120].map((asked) => workFactor(asked, 30))).toEqual([
      1,
      1,
      31 / 30,
      2,
      4,
    ]);
  });

  test('never falls when more is asked for, and stays within its bounds', () => {
    fc.assert(
      fc.property(counts, counts, fc.integer({ min: 0, max: 1000 }), (a, b, calm) => {
        const [less, more] = [workFactor(Math.min(a, b), calm), workFactor(Math.max(a, b), calm)];
        expect(less).toBeLessThanOrEqual(more);
        expect(less).toBeGreaterThanOrEqual(1);
        expect(more).toBeLessThanOrEqual(MOST_WORK);
      }),
    );
  });
});

describe('recentlyAsked', () => {
  test('falls as time passes, to what the window under way has asked', () => {
    const asked = (elapsed: number) => recentlyAsked({ current: 3, previous: 100, elapsed });
    expect([0, 0.25, 0.5, 1].map(asked)).toEqual([103, 78, 53, 3]);
  });

  test('a window that ends becomes the one before without a jump', () => {
    fc.assert(
      fc.property(counts, counts, (previous, current) => {
        const end = recentlyAsked({ current, previous, elapsed: 1 });
        expect(recentlyAsked({ current: 0, previous: current, elapsed: 0 })).toBe(end);
      }),
    );
  });
});
