import { expect, test } from 'vitest';
import { deskEntriesOfCsv } from '#src/api/entries/desk-lines.ts';
import { slotsOfCsv } from '#src/api/slots/lines.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { json, prefecture, requestTypes, sites, text } from './example.ts';

const beforeMs = Date.parse('2026-11-30T00:00:00Z');

const example: Prefecture = {
  ...prefecture,
  sites,
  requestTypes,
  rules: json('rules.json') as Prefecture['rules'], // parsed by the test of the draw
  paused: undefined,
  graceUntilMs: 0,
};

test('the API reads every slot of the example', async () => {
  const slots = await slotsOfCsv({ prefecture: example, nowMs: beforeMs }, text('slots.csv'));
  expect(slots).toHaveLength(332);
  expect(slots.reduce((places, { capacity }) => places + capacity, 0)).toBe(520);
});

test('the API reads every paper entry of the example', async () => {
  const lines = await deskEntriesOfCsv(example, text('paper-entries.csv'), beforeMs);
  expect(lines).toHaveLength(25);
  // What stands in the cells of line 4 arrives as lottery/v1 wants it.
  expect(lines.find(({ line }) => line === 4)?.entry.accepts).toEqual({
    sites: ['nanterre'],
    windows: [{ days: [1, 2, 3, 4, 5], from: '09:00', until: '12:30' }],
  });
});
