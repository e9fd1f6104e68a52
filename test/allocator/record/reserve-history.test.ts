import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openReserve, type ReserveInput } from '#src/allocator/record/reserve.ts';
import type { RecordEvent, Slot, Winner } from '#src/allocator/types.ts';
import { countFreed, PlainReserve, possibleEvents } from '../support/plain-reserve.ts';

const refused = expect.objectContaining({ code: 'event_invalid' });
const entryIds = Array.from({ length: 12 }, (_, n) => `e${n}`);
const slotIds = ['s0', 's1', 's2'];
const types = ['AES', 'salarie', 'etudiant'];
const sites = ['nanterre', 'antony'];
const starts = [
  '2026-12-01T09:30:00+01:00',
  '2026-12-02T14:00:30+01:00',
  '2026-12-02T09:30:00+01:00',
];

const anyDraw: fc.Arbitrary<ReserveInput> = fc
  .record({
    entries: fc.tuple(
      ...entryIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          requestType: fc.constantFrom(...types),
          missed: fc.constant(0),
          accepts: fc.constantFrom(
            {},
            { sites: ['antony'] },
            { notAfter: '2026-12-01' },
            { windows: [{ days: [3], from: '14:00', until: '14:01' }] },
          ),
        }),
      ),
    ),
    slots: fc.tuple(
      ...slotIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          site: fc.constantFrom(...sites),
          start: fc.constantFrom(...starts),
          capacity: fc.constant(12),
          requestTypes: fc.uniqueArray(fc.constantFrom(...types), { minLength: 1 }),
        }),
      ),
    ),
    quotas: fc.dictionary(
      fc.constantFrom(...types),
      fc.record({ max: fc.integer({ min: 0, max: 4 }) }),
    ),
    ranking: fc.shuffledSubarray(entryIds, { minLength: entryIds.length }),
    seats: fc.array(fc.constantFrom(...slotIds), { maxLength: 6 }),
  })
  .map(({ quotas, seats, ...rest }) => ({
    ...rest,
    rules: { quotas },
    winners: seats.map((slot, n): Winner => ({ entry: rest.ranking[n] ?? '', slot })),
  }));

const anyEvent: fc.Arbitrary<RecordEvent> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      type: fc.constantFrom('accepted', 'declined', 'expired', 'cancelled', 'revoked', 'refilled'),
      entry: fc.constantFrom(...entryIds),
      slot: fc.constantFrom(...slotIds),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('withdrawn' as const),
      entry: fc.constantFrom(...entryIds),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'void' as const }) },
);

describe('any history', () => {
  const step = fc.oneof(anyEvent, { weight: 2, arbitrary: fc.nat() });

  test('is judged and continued as the spec, read plainly, does it', () => {
    let refills = 0;
    fc.assert(
      fc.property(anyDraw, fc.array(step, { maxLength: 40 }), (input, steps) => {
        const reserve = openReserve(input);
        const plain = new PlainReserve(input);
        for (const chosen of steps) {
          const choices = possibleEvents(plain);
          const event = typeof chosen === 'number' ? choices[chosen % choices.length] : chosen;
          if (!event) continue;
          if (plain.apply(event)) {
            reserve.apply(event);
            if (event.type === 'refilled') refills++;
          } else expect(() => reserve.apply(event)).toThrow(refused);
          if (plain.ended) return;
          for (const slot of slotIds) expect(reserve.next(slot)).toBe(plain.next(slot));
          const byId = reserve.freed().sort((x, y) => (x.slot < y.slot ? -1 : 1));
          expect(byId).toEqual(countFreed(plain, slotIds));
        }
      }),
      { numRuns: 1500 },
    );
    expect(refills).toBeGreaterThan(500);
  });

  test('needs no memory of availabilities: 1,200 different ones are searched the same way', () => {
    const ranking = Array.from({ length: 1200 }, (_, n) => `e${n}`);
    const slot: Slot = {
      id: 's',
      site: 'nanterre',
      start: '2026-12-01T09:30:00+01:00',
      capacity: 9,
      requestTypes: ['AES'],
    };
    const reserve = openReserve({
      slots: [slot],
      rules: {},
      ranking,
      winners: [{ entry: 'e0', slot: 's' }],
      // Only every hundredth accepts Tuesdays.
      entries: ranking.map((id, n) => ({
        id,
        requestType: 'AES',
        missed: 0,
        accepts: {
          sites: ['nanterre', `site-${n}`],
          windows: [{ days: [n % 100 === 0 ? 2 : 3], from: '09:00', until: '10:00' }],
        },
      })),
    });
    reserve.apply({ type: 'withdrawn', entry: 'e0' });
    expect(reserve.next('s')).toBe('e100');
    reserve.apply({ type: 'withdrawn', entry: 'e100' });
    expect(reserve.next('s')).toBe('e200');
  });
});
