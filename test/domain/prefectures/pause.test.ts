import { expect, test } from 'vitest';
import { hourMs } from '#src/base/units.ts';
import { pausedPrefecture, resumedPrefecture } from '#src/domain/prefectures/pause.ts';
import { sampleNowMs as nowMs, samplePrefecture } from '../../support/samples.ts';

const running = { id: '92', ...samplePrefecture(), paused: undefined, graceUntilMs: 7 };
const paused = pausedPrefecture(running, 'fire', nowMs);

test('a pause said twice keeps its beginning, and takes the later reason', () => {
  const again = pausedPrefecture(paused, 'flood', nowMs + 5);
  expect(again.paused).toEqual({ reason: 'flood', sinceMs: nowMs });
});

test('only a pause of more than an hour gives a day of grace', () => {
  const graceAfter = (ms: number) => resumedPrefecture(paused, nowMs + ms).graceUntilMs;
  expect(graceAfter(hourMs)).toBe(7);
  expect(graceAfter(hourMs + 1)).toBe(nowMs + hourMs + 1 + 24 * hourMs);
});

test('what was not paused goes on as it is', () => {
  expect(resumedPrefecture(running, nowMs)).toEqual(running);
});
