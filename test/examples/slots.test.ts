import { describe, expect, test } from 'vitest';
import { Identifier } from '#src/domain/values.ts';
import { makeExampleSlots, OpeningHours, slotsToCsv } from '../../scripts/example-slots.ts';
import { hours, requestTypes, slots, text, typeById } from './example.ts';

describe('the slots', () => {
  test('the committed file is what the opening hours give for its two weeks', () => {
    expect(text('slots.csv')).toBe(slotsToCsv(makeExampleSlots(hours, '2026-12-07')));
  });

  test('ids are identifiers, each used once', () => {
    for (const { id } of slots) expect(Identifier.safeParse(id).success, id).toBe(true);
    expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length);
  });

  test('begin while the doors of their site are open, never in the lunch break', () => {
    for (const { id, site, date, time } of slots) {
      const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
      const open = hours.sites
        .find((entry) => entry.site === site)
        ?.opening.some(
          ({ days, from, until }) =>
            days.includes(weekday) && from <= `${time}` && `${time}` < until,
        );
      expect(open, id).toBe(true);
    }
  });

  test('serve only request types that their site serves', () => {
    for (const { id, site, requestTypes: types = '' } of slots) {
      for (const type of types.split('|')) expect(typeById.get(type)?.sites, id).toContain(site);
    }
  });

  test('every site that a request type names has a slot for it', () => {
    const served = new Set(
      slots.flatMap(({ site, requestTypes: types = '' }) =>
        types.split('|').map((type) => `${type} at ${site}`),
      ),
    );
    for (const type of requestTypes) {
      for (const site of type.sites) expect(served).toContain(`${type.id} at ${site}`);
    }
  });

  test('the university desk serves students only', () => {
    const types = slots
      .filter(({ site }) => site === 'universite')
      .flatMap(({ requestTypes: served = '' }) => served.split('|'));
    expect(new Set(types)).toEqual(new Set(['ETUDIANT-PREMIERE', 'ETUDIANT-RENOUVELLEMENT']));
  });
});

describe('slots of other weeks', () => {
  // Easter Monday, Labour Day and the other ten, from the Code du travail (L. 3133-1).
  test.each([
    ['2027-01-01', '2026-12-28'],
    ['2027-03-29', '2027-03-22'],
    ['2027-05-06', '2027-05-03'],
    ['2027-05-17', '2027-05-10'],
    ['2027-07-14', '2027-07-05'],
    ['2027-11-01', '2027-11-01'],
    ['2027-11-11', '2027-11-01'],
    ['2028-05-01', '2028-05-01'],
    ['2028-05-08', '2028-05-01'],
    ['2028-08-15', '2028-08-14'],
    ['2028-12-25', '2028-12-18'],
  ])('leave out the public holiday %s', (holiday, from) => {
    const dates = new Set(makeExampleSlots(hours, from).map(({ date }) => date));
    expect(dates.has(holiday)).toBe(false);
    expect(dates.size).toBeGreaterThanOrEqual(7);
  });

  test('leave out Saturdays and Sundays even if the doors are open, whichever day is the first', () => {
    const days = [1, 2, 3, 4, 5, 6, 7];
    const always = {
      sites: hours.sites.map((site) => ({
        ...site,
        opening: site.opening.map((range) => ({ ...range, days })),
      })),
      desks: hours.desks.map((desk) => ({ ...desk, days })),
    };
    for (const day of days) {
      const dates = new Set(makeExampleSlots(always, `2027-02-0${day}`).map(({ date }) => date));
      expect(dates.size).toBe(10);
      for (const date of dates) {
        expect([0, 6]).not.toContain(new Date(`${date}T12:00:00Z`).getUTCDay());
      }
    }
  });

  test('have as many places as the committed two weeks', () => {
    const count = (from: string) =>
      makeExampleSlots(hours, from).reduce((sum, { places }) => sum + places, 0);
    expect(count('2027-02-03')).toBe(count('2026-12-07'));
  });

  test('an appointment ends before the break begins', () => {
    const late = OpeningHours.parse({
      sites: [{ site: 's', opening: [{ days: [1], from: '09:00', until: '10:15' }] }],
      desks: [
        {
          desk: 'd',
          site: 's',
          requestTypes: ['A'],
          days: [1],
          from: '00:00',
          until: '23:59',
          everyMinutes: 30,
          places: 1,
        },
      ],
    });
    expect(makeExampleSlots(late, '2027-02-01').map(({ time }) => time)).toEqual([
      ...['09:00', '09:30'],
      ...['09:00', '09:30'],
    ]);
  });

  test('refuse what is no date', () => {
    expect(() => makeExampleSlots(hours, '2027-02-30')).toThrow('not a date');
  });
});
