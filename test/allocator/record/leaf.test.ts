import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEligible } from '#src/allocator/draw/eligibility.ts';
import { groupSlots } from '#src/allocator/draw/slot-classes.ts';
import { createEntryHasher } from '#src/allocator/record/entry-hasher.ts';
import { createAcceptsLeaf } from '#src/allocator/record/leaf.ts';
import { entryLeaf, slotLeaf } from '#src/allocator/record/manifest.ts';
import { parseEntry, parseSlot } from '#src/allocator/record/parse.ts';
import type { Entry, Slot } from '#src/allocator/types.ts';
import { jcs } from '#src/base/jcs.ts';
import { hashLeaf } from '#src/base/merkle.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { accepts, entries, identifier, slots } from '../support/arbitraries.ts';

const integer = fc.oneof(
  fc.maxSafeNat(),
  fc.constantFrom(0, -0, 1e20 % 2 ** 53, 2 ** 53 - 1, 123_456_789_012),
);
const date = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const time = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map((pair) => pair.map((part) => `${part}`.padStart(2, '0')).join(':'));
const names = fc.uniqueArray(identifier, { minLength: 1, maxLength: 4 });
const window = fc.record({
  until: fc.oneof(time, fc.constant('24:00')),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  from: time,
});
const windows = fc.uniqueArray(window, { minLength: 1, maxLength: 3, selector: jcs });

// Members in no particular order: what is hashed must not depend on it.
const anyEntry = fc.record(
  {
    requestType: identifier,
    accepts: fc.record(
      { windows, notBefore: date, sites: names, notAfter: date },
      { requiredKeys: [] },
    ),
    id: identifier,
    priority: fc.constant(true as const),
    resting: fc.constant(true as const),
    party: fc.integer({ min: 2, max: 6 }),
    owed: fc.constant(true as const),
    missed: integer,
  },
  { requiredKeys: ['requestType', 'id', 'missed'] },
);
const anySlot = fc.record({
  start: fc.tuple(date, time, time).map(([day, at, offset]) => `${day}T${at}:59-${offset}`),
  requestTypes: names,
  site: identifier,
  capacity: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  id: identifier,
});

test('the leaf of any entry that parses is its RFC 8785 serialisation', () => {
  const hashOf = createEntryHasher(nodeSha256.hex);
  fc.assert(
    fc.property(anyEntry, (entry: Entry) => {
      expect(parseEntry(entry, 'entry', 'lottery/v2')).toBe(entry);
      expect(entryLeaf(entry)).toBe(jcs(entry));
      expect(hashOf(entry)).toBe(hashLeaf(jcs(entry), nodeSha256));
    }),
    { numRuns: 1_000 },
  );
});

test('a leaf longer than the buffer is hashed whole, and those after it too', () => {
  const hashOf = createEntryHasher(nodeSha256.hex);
  const sites = Array.from({ length: 300 }, (_, index) => `${index}`.padStart(48, 's'));
  const long: Entry = { id: 'a', requestType: 'AES', missed: 0, accepts: { sites } };
  const short: Entry = { id: 'b', requestType: 'AES', missed: 12 };
  for (const entry of [short, long, short, long]) {
    expect(hashOf(entry)).toBe(hashLeaf(jcs(entry), nodeSha256));
  }
});

test('the leaf of any slot that parses is its RFC 8785 serialisation', () => {
  fc.assert(
    fc.property(anySlot, (slot: Slot) => {
      expect(parseSlot(slot)).toBe(slot);
      expect(slotLeaf(slot)).toBe(jcs(slot));
    }),
    { numRuns: 1_000 },
  );
});

test('availabilities with the same text are the same, and no others', () => {
  const leafOf = createAcceptsLeaf();
  fc.assert(
    fc.property(accepts, accepts, (a, b) => {
      expect(leafOf(a) === leafOf(b)).toBe(jcs(a) === jcs(b));
    }),
  );
});

test('an entry may take the classes of slots that hold the slots it is eligible for', () => {
  fc.assert(
    fc.property(entries(5), slots(12), (pool, places) => {
      const { classes, serving, narrow } = groupSlots(places);
      for (const entry of pool) {
        const bits = serving(entry.requestType)?.slice() ?? new Uint32Array(1);
        if (entry.accepts) narrow(bits, entry.accepts);
        const taken = classes.flatMap((slotClass, number) =>
          ((bits[number >>> 5] ?? 0) >>> (number & 31)) & 1 ? slotClass.slots : [],
        );
        const eligible = places.filter((slot) => isEligible(entry, slot));
        expect(new Set(taken)).toEqual(new Set(eligible));
      }
    }),
    { numRuns: 500 },
  );
});
