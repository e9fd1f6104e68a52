import fc from 'fast-check';
import type { Accepts, Entry, Rules, Slot, TimeWindow } from '#src/allocator/types.ts';

// Small worlds, so that people compete: few sites, types, days and hours, odd names among them.
export const types = ['AES', '__proto__', 'constructor'];
const sites = ['nanterre', '__proto__', 'antony'];
// 1 December 2026 is a Tuesday. The same instant has several texts, some on another local date.
const starts = [
  '2026-12-01T09:00:00+01:00',
  '2026-12-01T08:00:00+00:00',
  '2026-12-01T10:30:00+01:00',
  '2026-12-02T09:00:00+01:00',
  '2026-12-01T22:00:00-10:00',
  '2026-12-02T12:00:00+04:00',
];

/** Any identifier of lottery/v1. */
export const identifier = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,48}$/),
  fc.constantFrom('__proto__', 'constructor', 'toString', '-', '0', 'a'.repeat(48)),
);

const window: fc.Arbitrary<TimeWindow> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1 }),
  from: fc.constantFrom('00:00', '09:00', '10:30', '12:00'),
  until: fc.constantFrom('09:00', '10:00', '12:00', '24:00'),
});

export const accepts: fc.Arbitrary<Accepts> = fc.record(
  {
    sites: fc.uniqueArray(fc.constantFrom(...sites, 'elsewhere'), { minLength: 1 }),
    windows: fc.uniqueArray(window, {
      minLength: 1,
      maxLength: 2,
      selector: (w) => JSON.stringify(w),
    }),
    notBefore: fc.constantFrom('2026-12-01', '2026-12-02'),
    notAfter: fc.constantFrom('2026-11-30', '2026-12-01', '2026-12-02'),
  },
  { requiredKeys: [] },
);

const person: fc.Arbitrary<Omit<Entry, 'id'>> = fc.record(
  {
    requestType: fc.constantFrom(...types),
    missed: fc.nat({ max: 4 }),
    priority: fc.constant(true),
    accepts: fc.oneof(fc.constant({}), accepts),
  },
  { requiredKeys: ['requestType', 'missed'] },
);

const place: fc.Arbitrary<Omit<Slot, 'id'>> = fc.record({
  site: fc.constantFrom(...sites),
  start: fc.constantFrom(...starts),
  capacity: fc.integer({ min: 1, max: 2 }),
  requestTypes: fc.uniqueArray(fc.constantFrom(...types), { minLength: 1 }),
});

/** Entries in rank order: ids say nothing about it. */
export const entries = (maxLength: number): fc.Arbitrary<Entry[]> =>
  fc
    .array(person, { maxLength })
    .map((people) => people.map((rest, index) => ({ id: `e${(index * 7) % 31}`, ...rest })));

export const slots = (maxLength: number): fc.Arbitrary<Slot[]> =>
  fc
    .array(place, { maxLength })
    .map((places) => places.map((rest, index) => ({ id: `s${(index * 5) % 23}`, ...rest })));

/** Larger worlds: enough classes of slots for several machine words, hours that overlap in chains. */
export const wideSlots: fc.Arbitrary<Slot[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: 9 }),
      hour: fc.integer({ min: 10, max: 17 }),
      site: fc.constantFrom('nanterre', 'antony'),
      requestTypes: fc.constantFrom(['AES'], ['__proto__'], ['AES', '__proto__']),
      capacity: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 40, maxLength: 90 },
  )
  .map((places) =>
    places.map(({ day, hour, ...rest }, index) => ({
      id: `s${(index * 41) % 97}`,
      start: `2026-12-0${day}T${hour}:00:00+01:00`,
      ...rest,
    })),
  );

const wideAccepts: fc.Arbitrary<Accepts> = fc.record(
  {
    sites: fc.constantFrom(['nanterre'], ['antony'], ['antony', 'nanterre']),
    notBefore: fc.integer({ min: 1, max: 9 }).map((day) => `2026-12-0${day}`),
    notAfter: fc.integer({ min: 1, max: 9 }).map((day) => `2026-12-0${day}`),
    windows: fc
      .integer({ min: 10, max: 17 })
      .map((hour) => [
        { days: [1, 2, 3, 4, 5, 6, 7], from: `${hour}:00`, until: `${hour + 2}:00` },
      ]),
  },
  { requiredKeys: [] },
);

export const wideEntries: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      requestType: fc.constantFrom('AES', '__proto__'),
      missed: fc.constant(0),
      accepts: wideAccepts,
    }),
    { minLength: 60, maxLength: 110 },
  )
  .map((people) => people.map((rest, index) => ({ id: `e${(index * 43) % 113}`, ...rest })));

const quota = fc.record({ min: fc.nat({ max: 3 }), max: fc.nat({ max: 3 }) }, { requiredKeys: [] });

const quotas = fc
  .array(fc.tuple(fc.constantFrom(...types), quota), { maxLength: 3 })
  // Object.fromEntries defines members, so that `__proto__` becomes one like others.
  .map((pairs) => Object.fromEntries(pairs));

const ageing = fc.record(
  {
    ticketsPerMiss: fc.nat({ max: 3 }),
    maxTickets: fc.integer({ min: 1, max: 5 }),
    guaranteeAfter: fc.nat({ max: 4 }),
  },
  { requiredKeys: [] },
);

export const rules: fc.Arbitrary<Rules> = fc.record(
  { quotas, priorityMax: fc.nat({ max: 3 }), ageing },
  { requiredKeys: [] },
);

export const seed = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
