import { expect, test } from 'vitest';
import { firstWaitMs, hasWaited, wasThere } from '#src/domain/entries/waiting.ts';

const waiting = { state: 'waiting', joinedAtMs: 10, waitingSinceMs: 20, since: 0 } as const;

test('an entry is there from its first wait on until it has ended', () => {
  const at = [19, 20, 30, 31];
  expect(at.map((ms) => wasThere(waiting, ms))).toEqual([false, true, true, true]);
  const gone = { ...waiting, state: 'withdrawn', endedAtMs: 30 } as const;
  expect(at.map((ms) => wasThere(gone, ms))).toEqual([false, true, true, false]);
});

test('an entry of which nobody noted when it began to wait did so when it joined', () => {
  const old = { state: 'waiting', joinedAtMs: 10, since: 0 } as const;
  expect([firstWaitMs(old), wasThere(old, 10)]).toEqual([10, true]);
});

test('an entry that was never verified was never there', () => {
  const never = { state: 'withdrawn', joinedAtMs: 10, endedAtMs: 30 } as const;
  expect([hasWaited(never), wasThere(never, 20)]).toEqual([false, false]);
  expect(hasWaited({ ...waiting, state: 'unverified' })).toBe(false);
});
