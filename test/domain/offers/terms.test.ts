import { expect, test } from 'vitest';
import { deadlinePolicy, deadlines, letterPolicy, newOffer } from '#src/domain/offers/terms.ts';
import { sampleNowMs as nowMs, samplePrefecture } from '../../support/samples.ts';

const { settings } = samplePrefecture();
const hourMs = 3_600_000;
const slotStart = '2026-12-28T09:00:00+01:00';
const seat = { entry: 'e', requestType: 'renewal', slot: 's', slotStart, site: 'nanterre' };

test('people reached by post have a week more to answer, as far as the slot allows', () => {
  const mail = deadlines(deadlinePolicy(settings, nowMs));
  const letter = deadlines(letterPolicy(settings, nowMs));
  expect((letter(slotStart) ?? 0) - (mail(slotStart) ?? 0)).toBe(168 * hourMs);
  const near = '2026-12-05T09:00:00+01:00';
  expect(letter(near)).toBeLessThanOrEqual(Date.parse(near) - settings.noticeHours * hourMs);
});

test('an offer says both ends, where they differ', () => {
  const terms = { draw: 'd', via: 'draw', settings, nowMs, deadlineMs: 5 } as const;
  expect(newOffer(seat, { ...terms, letterDeadlineMs: 9 })).toMatchObject({
    deadlineMs: 5,
    letterDeadlineMs: 9,
  });
  expect(newOffer(seat, terms)).not.toHaveProperty('letterDeadlineMs');
});
