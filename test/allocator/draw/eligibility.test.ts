import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { isEligible, localStart, startInstantMs } from '#src/allocator/draw/eligibility.ts';
import type { Accepts, Entry, Slot } from '#src/allocator/types.ts';

// 1 December 2026 is a Tuesday.
const slot: Slot = {
  id: 's1',
  site: 'nanterre',
  start: '2026-12-01T09:30:00+01:00',
  capacity: 1,
  requestTypes: ['AES', 'salarie'],
};
const entry = (accepts?: Accepts, requestType = 'AES'): Entry => ({
  id: 'e1',
  requestType,
  missed: 0,
  ...(accepts === undefined ? {} : { accepts }),
});
const window = (days: number[], from: string, until: string) => ({
  windows: [{ days, from, until }],
});

describe('isEligible', () => {
  test('an entry that names nothing takes any slot of its request type', () => {
    expect(isEligible(entry(), slot)).toBe(true);
    expect(isEligible(entry({}), slot)).toBe(true);
    expect(isEligible(entry(undefined, 'etudiant'), slot)).toBe(false);
  });

  test.each<[string, Accepts, boolean]>([
    ['its site is named', { sites: ['antony', 'nanterre'] }, true],
    ['another site is named', { sites: ['antony'] }, false],
    ['the weekday is named', window([2], '00:00', '24:00'), true],
    ['another weekday is named', window([1, 3, 4, 5, 6, 7], '00:00', '24:00'), false],
    ['the window begins at that minute', window([2], '09:30', '10:00'), true],
    ['the window begins a minute later', window([2], '09:31', '10:00'), false],
    ['the window ends at that minute', window([2], '08:00', '09:30'), false],
    ['the window ends a minute later', window([2], '08:00', '09:31'), true],
    ['the window ends before it begins', window([2], '18:00', '12:00'), false],
    ['the window is empty', window([2], '09:30', '09:30'), false],
    [
      'the second window fits',
      {
        windows: [
          { days: [1], from: '08:00', until: '12:00' },
          { days: [2], from: '09:00', until: '12:00' },
        ],
      },
      true,
    ],
    ['notBefore is that day', { notBefore: '2026-12-01' }, true],
    ['notBefore is the day after', { notBefore: '2026-12-02' }, false],
    ['notAfter is that day', { notAfter: '2026-12-01' }, true],
    ['notAfter is the day before', { notAfter: '2026-11-30' }, false],
  ])('%s', (_title, accepts, expected) => {
    expect(isEligible(entry(accepts), slot)).toBe(expected);
  });

  test('seconds count: 09:59:59 lies before 10:00, 10:00:00 does not', () => {
    const morning = entry(window([2], '09:00', '10:00'));
    expect(isEligible(morning, { ...slot, start: '2026-12-01T09:59:59+01:00' })).toBe(true);
    expect(isEligible(morning, { ...slot, start: '2026-12-01T10:00:00+01:00' })).toBe(false);
  });

  test('the last second of the day lies before 24:00', () => {
    const late = { ...slot, start: '2026-12-01T23:59:59+01:00' };
    expect(isEligible(entry(window([2], '23:59', '24:00')), late)).toBe(true);
  });

  test('date, weekday and time are those of the text, whatever the offset', () => {
    // In UTC this is still Monday 30 November.
    const reunion = { ...slot, start: '2026-12-01T02:00:00+04:00' };
    expect(isEligible(entry(window([2], '02:00', '02:01')), reunion)).toBe(true);
    expect(isEligible(entry({ notAfter: '2026-11-30' }), reunion)).toBe(false);
  });

  test.each(['__proto__', 'constructor'])('%s is an identifier like others', (name) => {
    const odd = { ...slot, site: name, requestTypes: [name] };
    expect(isEligible(entry({ sites: [name] }, name), odd)).toBe(true);
    expect(isEligible(entry({ sites: [name] }, name), slot)).toBe(false);
    expect(isEligible(entry({ sites: ['nanterre'] }), odd)).toBe(false);
  });
});

describe('localStart', () => {
  test('agrees with luxon on the weekday of any date of any year', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.constantFrom('+00:00', '+04:00', '-03:00', '+11:00'), (day, offset) => {
        const start = `${day.toISOString().slice(0, 19)}${offset}`;
        const local = DateTime.fromISO(start, { setZone: true });
        expect(localStart(start).weekday).toBe(local.weekday);
        expect(startInstantMs({ ...slot, start })).toBe(local.toMillis());
      }),
    );
  });
});
