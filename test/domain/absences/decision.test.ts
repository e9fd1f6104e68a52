import { expect, test } from 'vitest';
import {
  decideAbsence,
  decideAppeal,
  liftedAlike,
  longestOf,
} from '#src/domain/absences/decision.ts';
import type { AbsenceState } from '#src/domain/absences/rule.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { sampleEntry } from '../../support/samples.ts';

const absence = (state: AbsenceState, untilDraw = 5) =>
  ({ cause: 'no_show', untilDraw, state }) as const;
const absent = (state: AbsenceState, members: Partial<EntryRecord> = {}) =>
  sampleEntry({ id: 'e', state: 'waiting', since: 5, absence: absence(state), ...members });

test('of several suspensions the longest counts, of none nothing', () => {
  const until = (untilDraw: number) => ({ untilDraw, cause: 'no_show' }) as const;
  expect(longestOf([until(3), until(7), until(5)])).toEqual(until(7));
  expect(longestOf([])).toBeUndefined();
});

test('an absence that was lifted lets the entry take part from the next draw on', () => {
  const { entry, messages } = decideAbsence(absent('appealed'), 'lift', 3);
  expect(entry).toMatchObject({ since: 3, absence: { state: 'lifted' } });
  expect(messages).toEqual(['absence_decided.e.5-lifted']);
});

test('one that is over moves no entry into an earlier pool; nor does an upheld one', () => {
  expect(decideAbsence(absent('appealed'), 'lift', 7).entry.since).toBe(5);
  expect(decideAbsence(absent('appealed', { state: 'booked' }), 'lift', 3).entry.since).toBe(5);
  expect(decideAbsence(absent('appealed'), 'uphold', 3).entry.since).toBe(5);
});

test('a decision repeated changes nothing and tells nobody; an entry without is refused', () => {
  const lifted = absent('lifted');
  expect(decideAbsence(lifted, 'lift', 3)).toEqual({ entry: lifted });
  const without = sampleEntry({ state: 'waiting' });
  const code = 'absence_not_found';
  expect(() => decideAbsence(without, 'lift', 3)).toThrow(expect.objectContaining({ code }));
  expect(() => decideAppeal(without)).toThrow(expect.objectContaining({ code }));
});

test('another entry of the person sits out no more what was lifted, but what else there is', () => {
  const lifted = absent('lifted');
  expect(liftedAlike(absent('standing'), lifted, 3)).toMatchObject({
    since: 3,
    absence: { state: 'lifted' },
  });
  const other = absent('standing', { absence: absence('standing', 6), since: 6 });
  expect(liftedAlike(other, lifted, 3)).toBe(other);
  expect(liftedAlike(lifted, lifted, 3)).toBe(lifted);
});
