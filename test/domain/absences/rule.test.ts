import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ABSENCE_STATES,
  type AbsenceEvent,
  judgeCancellation,
  mayAppeal,
  nextAbsenceState,
  sitsOutUntil,
} from '#src/domain/absences/rule.ts';

const rule = { absenceDraws: 2, lateCancelHours: 24 };
const hourMs = 3_600_000;
const startMs = 100 * hourMs;
const late = { startMs, nowMs: startMs - 1, impediment: undefined, excused: false };

test('only what stands in the table can happen', () => {
  const events: readonly AbsenceEvent[] = ['appeal', 'lift', 'uphold'];
  const allowed = ABSENCE_STATES.flatMap((state) =>
    events.flatMap((event) => {
      try {
        return [`${state} ${event} ${nextAbsenceState(state, event)}`];
      } catch {
        return [];
      }
    }),
  );
  expect(allowed).toEqual([
    'standing appeal appealed',
    'standing lift lifted',
    'appealed appeal appealed',
    'appealed lift lifted',
    'appealed uphold upheld',
    'upheld lift lifted',
  ]);
});

test('a person may appeal once against an absence, and replace their words until then', () => {
  expect(ABSENCE_STATES.filter(mayAppeal)).toEqual(['standing', 'appealed']);
});

test('an appointment is given up too late from the hour on that the rule names, not before', () => {
  const at = (nowMs: number) => judgeCancellation(rule, { ...late, nowMs });
  expect(at(startMs - 24 * hourMs)).toBe('in_time');
  expect(at(startMs - 24 * hourMs + 1)).toBe('late_cancel');
});

test('an impediment excuses once', () => {
  const stated = { ...late, impediment: 'health' } as const;
  expect(judgeCancellation(rule, stated)).toBe('excused');
  expect(judgeCancellation(rule, { ...stated, excused: true })).toBe('late_cancel');
});

test('without a rule nothing is an absence', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat({ max: 168 }), (start, now, lateCancelHours) => {
      const none = { absenceDraws: 0, lateCancelHours };
      const asked = { ...late, startMs: start, nowMs: now };
      expect(judgeCancellation(none, asked)).toBe('in_time');
    }),
  );
});

test('as many draws are sat out as the rule says', () => {
  expect(sitsOutUntil(rule, 7)).toBe(9);
});
