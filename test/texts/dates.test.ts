import { expect, test } from 'vitest';
import { createDateWriter, weekdayNames, writeDay } from '#src/texts/dates.ts';
import { writeNumber, writePercent } from '#src/texts/numbers.ts';

const writeDate = createDateWriter();

test('dates are written as each language writes them', () => {
  const atMs = Date.parse('2026-12-01T08:30:00Z');
  expect(writeDate('fr', 'Europe/Paris', atMs)).toEqual({
    day: 'mardi 1er décembre 2026',
    time: '9\u00a0h\u00a030',
    when: 'mardi 1er décembre 2026 à 9\u00a0h\u00a030',
    short: '1er décembre à 9\u00a0h\u00a030',
  });
  expect(writeDate('en', 'Europe/Paris', atMs)).toEqual({
    day: 'Tuesday 1 December 2026',
    time: '9:30',
    when: 'Tuesday 1 December 2026 at 9:30',
    short: '1 December at 9:30',
  });
});

test('only the first of the month is an ordinal', () => {
  const day = (date: string) => writeDate('fr', 'UTC', Date.parse(`${date}T00:05:00Z`)).short;
  expect(day('2026-12-02')).toBe('2 décembre à 0\u00a0h\u00a005');
  expect(day('2026-12-11')).toBe('11 décembre à 0\u00a0h\u00a005');
});

test('days, names of weekdays and numbers follow the locale', () => {
  expect(writeDay('fr', '2026-12-03')).toBe('03/12/2026');
  expect(writeDay('en', '2026-12-03')).toBe('03 December 2026');
  expect(weekdayNames('fr', 'short')[0]).toBe('lun.');
  expect(weekdayNames('en', 'long')[6]).toBe('Sunday');
  expect(writeNumber('fr', 12_345.5)).toBe('12\u202f345,5');
  expect(writeNumber('en', 12_345.5)).toBe('12,345.5');
  expect(writePercent('fr', 0.125, 1)).toBe('12,5\u00a0%');
  expect(writePercent('en', 0.125)).toBe('13%');
});
