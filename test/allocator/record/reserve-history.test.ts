import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openReserve, type ReserveInput } from '#src/allocator/record/reserve.ts';
import type { Algorithm, RecordEvent, Slot, Winner } from '#src/allocator/types.ts';
import { anyTime } from '../../support/draw-samples.ts';
import { countFreed, PlainReserve, possibleEvents } from '../support/plain-reserve.ts';
import { eventTime } from '../support/vector-records.ts';

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

/** Size of a party, for v2. */
const party = fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 6 }));

const anyDraw = (algorithm: Algorithm): fc.Arbitrary<ReserveInput> =>
  fc
    .record({
      algorithm: fc.constant(algorithm),
      sizes: fc.array(algorithm === 'lottery/v1' ? fc.constant(1) : party, {
        minLength: 12,
        maxLength: 12,
      }),
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
            capacity: fc.constant(40),
            requestTypes: fc.uniqueArray(fc.constantFrom(...types), { minLength: 1 }),
          }),
        ),
      ),
      quotas: fc.dictionary(
        fc.constantFrom(...types),
        fc.record({ max: fc.integer({ min: 0, max: 6 }) }),
      ),
      ranking: fc.shuffledSubarray(entryIds, { minLength: entryIds.length }),
      seats: fc.array(fc.constantFrom(...slotIds), { maxLength: 6 }),
    })
    .map(({ quotas, seats, sizes, entries, ...rest }) => ({
      ...rest,
      entries: entries.map((entry, n) => {
        const size = sizes[n] ?? 1;
        return size === 1 ? entry : { ...entry, party: size };
      }),
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

const until = fc.nat({ max: 60 }).map(eventTime);
const [anyEntry, anySlot] = [fc.constantFrom(...entryIds), fc.constantFrom(...slotIds)];
/** Of v2, possible or not. */
const anyEvent2: fc.Arbitrary<RecordEvent> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constantFrom('offered', 'extended', 'refilled'),
      entry: anyEntry,
      slot: anySlot,
      until,
    }),
  },
  { weight: 20, arbitrary: anyEvent },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('rejected' as const),
      entry: anyEntry,
      cause: fc.constant('duplicate' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('closed' as const),
      slot: anySlot,
      cause: fc.constant('court' as const),
    }),
  },
);

const types2 = ['offered', 'extended', 'expired', 'rejected', 'closed', 'revoked', 'cancelled'];

describe('any history', () => {
  test.each<[Algorithm, fc.Arbitrary<RecordEvent>]>([
    ['lottery/v1', anyEvent],
    ['lottery/v2', anyEvent2],
  ])('of %s is judged and continued as the spec, read plainly, does it', (algorithm, events) => {
    const step = fc.oneof(events, { weight: 4, arbitrary: fc.nat() });
    const met = new Map<string, number>();
    fc.assert(
      fc.property(anyDraw(algorithm), fc.array(step, { maxLength: 50 }), (input, steps) => {
        const reserve = openReserve(input);
        const plain = new PlainReserve(input);
        for (const [n, chosen] of steps.entries()) {
          const at = eventTime(n);
          const choices = possibleEvents(plain, at);
          const event = typeof chosen === 'number' ? choices[chosen % choices.length] : chosen;
          if (!event) continue;
          if (plain.apply(event, at)) {
            reserve.apply(event, at);
            met.set(event.type, (met.get(event.type) ?? 0) + 1);
          } else expect(() => reserve.apply(event, at)).toThrow(refused);
          if (plain.ended) return;
          for (const slot of slotIds) expect(reserve.next(slot)).toBe(plain.next(slot));
          const byId = reserve.freed().sort((x, y) => (x.slot < y.slot ? -1 : 1));
          expect(byId).toEqual(countFreed(plain, slotIds));
        }
      }),
      { numRuns: 1500 },
    );
    expect(met.get('refilled')).toBeGreaterThan(400);
    for (const type of types2) {
      const least = algorithm === 'lottery/v1' ? 0 : 20;
      expect([type, (met.get(type) ?? 0) >= least]).toEqual([type, true]);
    }
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
      algorithm: 'lottery/v1',
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
    reserve.apply({ type: 'withdrawn', entry: 'e0' }, anyTime);
    expect(reserve.next('s')).toBe('e100');
    reserve.apply({ type: 'withdrawn', entry: 'e100' }, anyTime);
    expect(reserve.next('s')).toBe('e200');
  });
});
