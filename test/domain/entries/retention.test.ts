import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erasedFromMs, type KeptEntry, retentionOf } from '#src/domain/entries/retention.ts';
import { ENTRY_STATES, isLiveEntry } from '#src/domain/entries/state.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const policy = { unverifiedHours: 48, keepDays: 90 };
const of = (entry: Partial<KeptEntry>, nowMs: number) =>
  retentionOf({ state: 'served', joinedAtMs: 0, since: 0, ...entry }, policy, nowMs);

describe('retention', () => {
  test('erases an unverified entry after 48 hours, unless a code is on its way', () => {
    const entry = { state: 'unverified', code: { expiresAtMs: 900_000 } } as const;
    expect(of(entry, 48 * hourMs - 1)).toBe('keep');
    expect(of(entry, 48 * hourMs)).toBe('erase');
    const again = { ...entry, code: { expiresAtMs: 48 * hourMs + 1 } };
    expect([of(again, 48 * hourMs), of(again, 48 * hourMs + 1)]).toEqual(['keep', 'erase']);
  });

  test('says from when an entry is erased, a code on its way included', () => {
    const from = (entry: Partial<KeptEntry>) =>
      erasedFromMs({ state: 'served', joinedAtMs: 0, ...entry }, policy);
    expect(from({ state: 'unverified', code: { expiresAtMs: 900_000 } })).toBe(48 * hourMs);
    const again = { expiresAtMs: 48 * hourMs + 1 };
    expect(from({ state: 'unverified', code: again })).toBe(48 * hourMs + 1);
    expect(from({ endedAtMs: 5 })).toBe(5 + 90 * dayMs);
    expect([from({}), from({ state: 'waiting' })]).toEqual([undefined, undefined]);
    expect(from({ state: 'erased', endedAtMs: 5 })).toBeUndefined();
  });

  test.each(['served', 'withdrawn', 'rejected', 'expired'] as const)(
    'erases what is %s after its days, and dates it first where nobody did',
    (state) => {
      const endedAtMs = 5 * dayMs;
      expect(of({ state, endedAtMs }, endedAtMs + 90 * dayMs - 1)).toBe('keep');
      expect(of({ state, endedAtMs }, endedAtMs + 90 * dayMs)).toBe('erase');
      expect(of({ state }, 10_000 * dayMs)).toBe('date');
    },
  );

  test('keeps what a draw knew for ever, and drops what none knew', () => {
    const never = { state: 'erased', joinedAtMs: 0, endedAtMs: dayMs } as const;
    expect(retentionOf(never, policy, 3 * dayMs - 1)).toBe('keep');
    expect(retentionOf(never, policy, 3 * dayMs)).toBe('drop');
    expect(of(never, 10_000 * dayMs)).toBe('keep');
  });

  test('never touches whoever waits, was offered or has booked', () => {
    const entry = fc.record(
      {
        state: fc.constantFrom(...ENTRY_STATES),
        joinedAtMs: fc.nat(),
        endedAtMs: fc.nat(),
        since: fc.nat(),
      },
      { requiredKeys: ['state', 'joinedAtMs'] },
    );
    fc.assert(
      fc.property(entry, fc.nat({ max: Number.MAX_SAFE_INTEGER }), (kept, nowMs) => {
        fc.pre(isLiveEntry(kept.state) && kept.state !== 'unverified');
        expect(retentionOf(kept, policy, nowMs)).toBe('keep');
      }),
    );
  });
});
