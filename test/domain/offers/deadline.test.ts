import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { answerDeadline, type DeadlineInput } from '#src/domain/offers/deadline.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Reads local times in the zone of the example, answers in the same way. */
function deadlineIn(
  timeZone: string,
  now: string,
  slotStart: string,
  rest: Partial<DeadlineInput> = {},
): string | undefined {
  const ms = (text: string) => DateTime.fromISO(text, { zone: timeZone }).toMillis();
  const deadlineMs = answerDeadline({
    nowMs: ms(now),
    slotStartMs: ms(slotStart),
    timeZone,
    answerHours: 72,
    quietFrom: '21:00',
    quietUntil: '08:00',
    noticeHours: 48,
    ...rest,
  });
  if (deadlineMs === undefined) return undefined;
  return DateTime.fromMillis(deadlineMs, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}
const paris = (now: string, slotStart: string, rest?: Partial<DeadlineInput>) =>
  deadlineIn('Europe/Paris', now, slotStart, rest);

describe('answerDeadline', () => {
  test('is 72 hours from now by day', () => {
    expect(paris('2026-11-02T10:15:30', '2026-12-01T09:00')).toBe('2026-11-05T10:15:30');
  });

  test.each([
    ['late in the evening', '2026-11-02T22:30', '2026-11-06T08:00:00'],
    ['after midnight', '2026-11-02T03:30', '2026-11-05T08:00:00'],
    ['a second after they begin', '2026-11-02T21:00:01', '2026-11-06T08:00:00'],
    ['when they begin', '2026-11-02T21:00', '2026-11-05T21:00:00'],
    ['when they end', '2026-11-02T08:00', '2026-11-05T08:00:00'],
  ])('moves forward to the end of the quiet hours: %s', (_title, now, expected) => {
    expect(paris(now, '2026-12-01T09:00')).toBe(expected);
  });

  test('never passes the last moment before the slot is too near', () => {
    expect(paris('2026-11-02T10:00', '2026-11-06T09:30')).toBe('2026-11-04T09:30:00');
  });

  test('moves back when that last moment is quiet', () => {
    expect(paris('2026-11-02T10:00', '2026-11-06T06:00')).toBe('2026-11-03T21:00:00');
  });

  test('moves back when the end of the quiet hours would come too late', () => {
    // Wanted at 23:00, moved to 08:00, but the last moment is 07:00 of that night.
    expect(paris('2026-11-02T23:00', '2026-11-08T07:00')).toBe('2026-11-05T21:00:00');
  });

  test('does not exist when nothing is left before the slot', () => {
    expect(paris('2026-11-02T10:00', '2026-11-04T10:00')).toBeUndefined();
    expect(paris('2026-11-02T10:00', '2026-11-04T10:01')).toBe('2026-11-02T10:01:00');
  });

  test('does not exist when only quiet hours are left', () => {
    expect(paris('2026-11-02T22:00', '2026-11-05T07:59')).toBeUndefined();
    expect(paris('2026-11-02T22:00', '2026-11-05T08:00')).toBe('2026-11-03T08:00:00');
  });

  test('quiet hours within one day work the same way', () => {
    const noon = { quietFrom: '12:00', quietUntil: '14:00' };
    expect(paris('2026-11-02T13:00', '2026-12-01T09:00', noon)).toBe('2026-11-05T14:00:00');
    expect(paris('2026-11-02T12:00', '2026-12-01T09:00', noon)).toBe('2026-11-05T12:00:00');
    expect(paris('2026-11-02T12:00:01', '2026-12-01T09:00', noon)).toBe('2026-11-05T14:00:00');
    expect(paris('2026-11-02T10:00', '2026-11-06T14:00', noon)).toBe('2026-11-04T14:00:00');
    expect(paris('2026-11-02T10:00', '2026-11-06T13:59', noon)).toBe('2026-11-04T12:00:00');
    expect(paris('2026-11-02T23:00', '2026-12-01T09:00', noon)).toBe('2026-11-05T23:00:00');
  });

  test('equal bounds mean no quiet hours', () => {
    const none = { quietFrom: '21:00', quietUntil: '21:00' };
    expect(paris('2026-11-02T23:00', '2026-12-01T09:00', none)).toBe('2026-11-05T23:00:00');
  });

  test('72 hours are 72 hours across a change of summer time', () => {
    expect(paris('2026-10-23T12:00', '2026-12-01T09:00')).toBe('2026-10-26T11:00:00');
    expect(paris('2027-03-26T12:00', '2027-05-01T09:00')).toBe('2027-03-29T13:00:00');
  });

  test('the morning after a change of summer time is 08:00 by the new clock', () => {
    expect(paris('2026-10-22T00:30', '2026-12-01T09:00')).toBe('2026-10-25T08:00:00');
    expect(paris('2027-03-25T00:30', '2027-05-01T09:00')).toBe('2027-03-28T08:00:00');
  });

  test('quiet hours that end in a skipped hour end when the clocks jump', () => {
    const night = { quietFrom: '22:00', quietUntil: '02:30' };
    expect(paris('2027-03-25T00:30', '2027-05-01T09:00', night)).toBe('2027-03-28T03:00:00');
  });

  test.each([
    ['Indian/Reunion', 4],
    ['America/Cayenne', -3],
    ['Pacific/Noumea', 11],
  ])('follows the clock of %s', (zone, offset) => {
    const expected = Date.UTC(2026, 10, 6, 8) - offset * hourMs;
    const now = Date.UTC(2026, 10, 2, 22) - offset * hourMs;
    expect(
      answerDeadline({
        nowMs: now,
        slotStartMs: now + 1000 * hourMs,
        timeZone: zone,
        answerHours: 72,
        quietFrom: '21:00',
        quietUntil: '08:00',
        noticeHours: 48,
      }),
    ).toBe(expected);
  });

  test('an unknown time zone is a bug', () => {
    expect(() => deadlineIn('Europe/Nanterre', '2026-11-02T10:00', '2026-12-01T09:00')).toThrow(
      'unknown time zone',
    );
  });
});

describe('any deadline', () => {
  const clock = fc
    .integer({ min: 0, max: 24 * 60 - 1 })
    .map(
      (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
    );
  // Near the changes of summer time in Paris and New Caledonia's plain clock, to the second.
  const around = fc.constantFrom('2026-03-29', '2026-10-25', '2027-03-28', '2026-07-14');
  const input: fc.Arbitrary<DeadlineInput> = fc
    .record({
      day: around,
      nowSeconds: fc.integer({ min: -3 * 86_400, max: 3 * 86_400 }),
      leadMinutes: fc.integer({ min: -600, max: 10 * 1440 }),
      timeZone: fc.constantFrom(
        'Europe/Paris',
        'Indian/Reunion',
        'America/Cayenne',
        'Pacific/Noumea',
        'America/Miquelon',
      ),
      answerHours: fc.integer({ min: 1, max: 120 }),
      quietFrom: clock,
      quietUntil: clock,
      noticeHours: fc.integer({ min: 0, max: 72 }),
    })
    .map(({ day, nowSeconds, leadMinutes, ...rest }) => {
      const nowMs = Date.parse(`${day}T01:00:00Z`) + nowSeconds * 1000;
      return { ...rest, nowMs, slotStartMs: nowMs + leadMinutes * minuteMs };
    });
  const isQuiet = ({ timeZone, quietFrom, quietUntil }: DeadlineInput, ms: number): boolean => {
    const time = DateTime.fromMillis(ms, { zone: timeZone }).toFormat('HH:mm:ss.SSS');
    const [from, until] = [`${quietFrom}:00.000`, `${quietUntil}:00.000`];
    return from <= until ? from < time && time < until : from < time || time < until;
  };
  const latest = (given: DeadlineInput) => given.slotStartMs - given.noticeHours * hourMs;

  test('is after now, never quiet, never too near to the slot', () => {
    fc.assert(
      fc.property(input, (given) => {
        const deadlineMs = answerDeadline(given);
        fc.pre(deadlineMs !== undefined);
        expect(deadlineMs).toBeGreaterThan(given.nowMs);
        expect(deadlineMs).toBeLessThanOrEqual(latest(given));
        expect(isQuiet(given, deadlineMs)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('gives the whole time to answer, or all that the slot and the night leave', () => {
    fc.assert(
      fc.property(input, (given) => {
        const deadlineMs = answerDeadline(given) ?? given.nowMs;
        const wantedMs = given.nowMs + given.answerHours * hourMs;
        if (deadlineMs >= wantedMs) return;
        // Then every whole minute that was left after the deadline is quiet.
        const first = Math.ceil((deadlineMs + 1) / minuteMs) * minuteMs;
        for (let ms = first; ms <= latest(given); ms += minuteMs) {
          expect(isQuiet(given, ms), new Date(ms).toISOString()).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('goes no further than the end of the quiet hours it fell into', () => {
    fc.assert(
      fc.property(input, (given) => {
        const deadlineMs = answerDeadline(given);
        const wantedMs = given.nowMs + given.answerHours * hourMs;
        fc.pre(deadlineMs !== undefined && deadlineMs > wantedMs);
        for (let ms = wantedMs; ms < deadlineMs; ms += minuteMs) {
          expect(isQuiet(given, ms)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
