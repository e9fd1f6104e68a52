import { expect, test } from 'vitest';
import { hourMs } from '#src/base/units.ts';
import { graceUntil, offerEnd, toldDeadline } from '#src/domain/offers/end.ts';
import { resumedPrefecture } from '#src/domain/prefectures/pause.ts';
import { sampleNowMs as nowMs, sampleOffer, samplePrefecture } from '../../support/samples.ts';

const offer = sampleOffer({ draw: 'd1', entry: 'e1', slot: 's1', deadlineMs: nowMs });
const running = { id: '92', ...samplePrefecture(), paused: undefined, graceUntilMs: 0 };
const paused = { ...running, paused: { reason: 'fire', sinceMs: nowMs } };

test('an offer ends at its deadline, or at the end of the grace; in a pause it does not', () => {
  expect(offerEnd(offer, graceUntil(running))).toBe(nowMs);
  expect(offerEnd(offer, graceUntil({ ...running, graceUntilMs: nowMs + 5 }))).toBe(nowMs + 5);
  expect(offerEnd(offer, graceUntil(paused))).toBe(Number.POSITIVE_INFINITY);
});

test.each([0, 0.5, 1, 2, 100])(
  'the deadline told after %d hours of pause holds if it ends then, and is not over',
  (hours) => {
    const atMs = nowMs + hours * hourMs;
    const told = toldDeadline(paused, offer, atMs);
    expect(told).toBeGreaterThanOrEqual(atMs);
    const end = offerEnd(offer, graceUntil(resumedPrefecture(paused, atMs)));
    expect(told).toBe(Math.max(end, atMs));
  },
);

test('of a settled offer the deadline that it had is told', () => {
  const settled = { ...offer, state: 'expired' } as const;
  expect(toldDeadline({ ...running, graceUntilMs: nowMs + 5 }, settled, nowMs)).toBe(nowMs);
  expect(toldDeadline(paused, settled, nowMs + 100 * hourMs)).toBe(nowMs);
});
