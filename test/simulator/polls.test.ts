import { expect, test } from 'vitest';
import { figureOf, run, scenarioOf } from './support.ts';

const failure = (type: object, others: object = {}) => {
  const scenario = scenarioOf(
    { arrivalsPerDraw: 0, backlog: 1000, slotsPerDraw: 10, ...type },
    { draws: 4, replications: 3, policies: ['race'], polls: {}, ...others },
  );
  return run(scenario).output.results[0]?.figures.cimadeFailure?.mean;
};

test('places booked at once are never seen', () => {
  expect(failure({})).toBe(1);
});

test('places are shown until the last one is booked', () => {
  // 10 places at 0.25 an hour: 40 hours, polls at 0.5, 1.5, …, 39.5.
  expect(failure({ bookingsPerHour: 0.25 })).toBeCloseTo(128 / 168, 12);
  // Bots take 6 of the 10, so 16 hours.
  const scalpers = { identities: 6, price: 1 };
  expect(failure({ bookingsPerHour: 0.25 }, { scalpers })).toBeCloseTo(152 / 168, 12);
  expect(failure({ bookingsPerHour: 0.25 }, { drawEveryDays: 1 })).toBe(0);
});

test('a pool too small for the places leaves them shown to the end', () => {
  expect(failure({ backlog: 3 })).toBe(0);
  expect(failure({ backlog: 3, bookingsPerHour: 100 })).toBe(0);
});

test('the robot asks at h/2, 3h/2, …', () => {
  // 40 hours shown; polls at 12, 36, 60, …, 156.
  expect(failure({ bookingsPerHour: 0.25 }, { polls: { everyHours: 24 } })).toBeCloseTo(5 / 7, 12);
});

test('invalid polls do not count', () => {
  const share = failure(
    { bookingsPerHour: 0.25 },
    { polls: { errorShare: 0.5 }, replications: 40 },
  );
  expect(share).toBeCloseTo(128 / 168, 1);
  expect(share).not.toBeCloseTo(128 / 168, 6);
  expect(failure({}, { polls: { errorShare: 1 } })).toBeUndefined();
});

test('policies other than the race show no places', () => {
  const scenario = scenarioOf(
    { arrivalsPerDraw: 5, slotsPerDraw: 5 },
    { draws: 4, policies: ['fifo'], polls: {} },
  );
  expect(() => figureOf(run(scenario).output, 'fifo', 'cimadeFailure')).toThrow('no cimadeFailure');
});
