import { expect, test } from 'vitest';
import { drawStatistics } from '#src/workers/allocation/statistics.ts';

const entry = (id: string, requestType: string, missed: number) => ({ id, requestType, missed });
const slot = (id: string, capacity: number, requestTypes: string[]) => ({
  id,
  site: 'nanterre',
  start: '2026-12-01T09:30:00+01:00',
  capacity,
  requestTypes,
});

test('types that share a slot share its places, and the total counts them once', () => {
  const statistics = drawStatistics(
    [entry('a', 'renewal', 0), entry('b', 'first', 3), entry('c', 'first', 0)],
    [slot('s', 2, ['renewal', 'first'])],
    [
      { entry: 'b', slot: 's' },
      { entry: 'a', slot: 's' },
    ],
  );
  expect(statistics).toEqual({
    entries: 3,
    places: 2,
    drawn: 2,
    requestTypes: {
      first: { waiting: 2, places: 2, drawn: 1, medianWaitDraws: 4 },
      renewal: { waiting: 1, places: 2, drawn: 1, medianWaitDraws: 1 },
    },
  });
});

test('the median of an even number of waits is the mean of the two in the middle', () => {
  const entries = [entry('a', 'x', 0), entry('b', 'x', 1), entry('c', 'x', 6), entry('d', 'x', 9)];
  const winners = entries.map(({ id }) => ({ entry: id, slot: 's' }));
  const { requestTypes } = drawStatistics(entries, [slot('s', 4, ['x'])], winners);
  expect(requestTypes.x?.medianWaitDraws).toBe(4.5);
});

test('a type with places and nobody waiting is there, with no median', () => {
  const { requestTypes } = drawStatistics([], [slot('s', 1, ['x'])], []);
  expect(requestTypes).toEqual({ x: { waiting: 0, places: 1, drawn: 0, medianWaitDraws: null } });
});

test('a request type may be called __proto__', () => {
  const { requestTypes } = drawStatistics([entry('a', '__proto__', 0)], [], []);
  expect(Object.keys(requestTypes)).toEqual(['__proto__']);
});
