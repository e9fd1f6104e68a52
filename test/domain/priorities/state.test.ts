import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  nextPriorityState,
  PRIORITY_GROUNDS,
  PRIORITY_STATES,
  type PriorityEvent,
} from '#src/domain/priorities/state.ts';
import { channelCounts, groundCounts, priorityCounts } from '#src/domain/register/pool-counts.ts';

const events: readonly PriorityEvent[] = ['propose', 'approve', 'refuse', 'end'];

test('only what stands in the table can happen', () => {
  const allowed = [undefined, ...PRIORITY_STATES].flatMap((state) =>
    events.flatMap((event) => {
      try {
        return [`${state ?? 'none'} ${event} ${nextPriorityState(state, event)}`];
      } catch {
        return [];
      }
    }),
  );
  expect(allowed).toEqual([
    'none propose proposed',
    'proposed approve approved',
    'proposed refuse refused',
    'proposed end ended',
    'approved end ended',
    'refused propose proposed',
    'ended propose proposed',
  ]);
});

test('grounds of fewer than five entries are counted together', () => {
  const times = (count: number, ground: (typeof PRIORITY_GROUNDS)[number]) =>
    Array.from({ length: count }, () => ground);
  const grounds = [...times(5, 'health'), ...times(4, 'minor'), ...times(1, 'court_order')];
  expect(groundCounts(grounds)).toEqual({ grounds: { health: 5 }, otherGrounds: 5 });
  expect(groundCounts([])).toEqual({ grounds: {}, otherGrounds: 0 });
});

test('and none of those is left alone: fewer than five take the rarest ground along', () => {
  const times = (count: number, ground: (typeof PRIORITY_GROUNDS)[number]) =>
    Array.from({ length: count }, () => ground);
  const grounds = [...times(7, 'health'), ...times(6, 'minor'), ...times(1, 'court_order')];
  expect(groundCounts(grounds)).toEqual({ grounds: { health: 7 }, otherGrounds: 7 });
  expect(groundCounts(times(3, 'health'))).toEqual({ grounds: {}, otherGrounds: 3 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PRIORITY_GROUNDS), { maxLength: 40 }), (any) => {
      const { grounds: shown, otherGrounds } = groundCounts(any);
      const counts = Object.values(shown);
      expect(counts.reduce((sum, one) => sum + one, otherGrounds)).toBe(any.length);
      expect(counts.every((one) => one >= 5)).toBe(true);
      if (counts.length > 0) expect(otherGrounds === 0 || otherGrounds >= 5).toBe(true);
    }),
  );
});

test('request types of fewer than five prior entries are counted together, others not at all', () => {
  const entry = (requestType: string, priority: boolean, index: number) => ({
    ...{ id: `${requestType}${index}`, requestType, missed: 0 },
    ...(priority ? { priority } : {}),
  });
  const five = [0, 1, 2, 3, 4].map((index) => entry('a', true, index));
  const pool = [...five, entry('b', true, 0), entry('b', false, 1), entry('c', false, 0)];
  expect(priorityCounts(pool)).toEqual({ counts: { a: 5 }, other: 1 });
});

test('channels of fewer than five entries are counted together', () => {
  const origins = [...Array.from({ length: 6 }, () => 'online'), 'lawyer', 'association'];
  expect(channelCounts(origins)).toEqual({ channels: { online: 6 }, other: 2 });
});
