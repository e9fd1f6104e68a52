import fc from 'fast-check';
import type { Entry, Rules, Slot } from '#src/allocator/types.ts';
import { entries, rules, slots, wideEntries, wideSlots } from './arbitraries.ts';

// Worlds of v2: those of v1 with parties, amends and rest, and slots that parties fit into.

const party = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.integer({ min: 2, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4, max: 6 }) },
);
const rarely = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(true as const) },
);
const more = fc.array(fc.record({ party, owed: rarely, resting: rarely }), {
  minLength: 20,
  maxLength: 20,
});

const without = <T extends object>(members: T): Partial<T> =>
  // Members that are undefined are left out: absent is what they mean.
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<T>;

const withMore = (pool: fc.Arbitrary<Entry[]>): fc.Arbitrary<Entry[]> =>
  fc
    .tuple(pool, more)
    .map(([people, extra]) =>
      people.map((entry, n): Entry => ({ ...entry, ...without(extra[n % extra.length] ?? {}) })),
    );

const larger = (places: fc.Arbitrary<Slot[]>, most: number): fc.Arbitrary<Slot[]> =>
  fc
    .tuple(places, fc.array(fc.nat({ max: most }), { minLength: 7, maxLength: 7 }))
    .map(([all, extra]) =>
      all.map((slot, n) => ({ ...slot, capacity: slot.capacity + (extra[n % 7] ?? 0) })),
    );

/** In rank order. */
export const entries2 = (maxLength: number) => withMore(entries(maxLength));
export const slots2 = (maxLength: number) => larger(slots(maxLength), 4);
export const wideEntries2 = withMore(wideEntries);
export const wideSlots2 = larger(wideSlots, 3);

const largerQuotas = ({ quotas, priorityMax, ...others }: Rules, factor: number): Rules => ({
  ...others,
  ...(priorityMax === undefined ? {} : { priorityMax: priorityMax * factor }),
  ...(quotas && {
    quotas: Object.fromEntries(
      Object.entries(quotas).map(([type, { min, max }]) => [
        type,
        {
          ...(min === undefined ? {} : { min: min * factor }),
          ...(max === undefined ? {} : { max: max * factor }),
        },
      ]),
    ),
  }),
});

/** Quotas of a few places, so that parties fit under them or just do not. */
export const rules2: fc.Arbitrary<Rules> = fc
  .tuple(rules, fc.constantFrom(1, 2, 3), fc.nat({ max: 100 }))
  .map(([rule, factor, guaranteeRest]) => {
    const quotas = largerQuotas(rule, factor);
    return rule.ageing ? { ...quotas, ageing: { ...rule.ageing, guaranteeRest } } : quotas;
  });
