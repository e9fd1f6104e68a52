import fc from 'fast-check';
import { expect, test } from 'vitest';
import { APPOINTMENT_STATES } from '#src/domain/appointments/state.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import { drawEntry } from '#src/domain/entries/pool.ts';
import { ENTRY_STATES } from '#src/domain/entries/state.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import { OFFER_STATES } from '#src/domain/offers/state.ts';
import { PRIORITY_GROUNDS } from '#src/domain/priorities/state.ts';
import type { SlotRecord } from '#src/domain/slots/slot.ts';
import { decodeEntry, encodeEntry } from '#src/store/entries/codec.ts';
import { decodeOffer, encodeOffer } from '#src/store/offers/codec.ts';
import { decodeSlot, encodeSlot } from '#src/store/slots/codec.ts';
import { sampleEntry } from '../support/samples.ts';

const identifier = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,48}$/),
  fc.constantFrom('__proto__', 'constructor'),
);
const sites = fc.array(identifier, { minLength: 1 });
const window = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  from: fc.constantFrom('08:00', '13:30'),
  until: fc.constantFrom('12:00', '24:00'),
});
const accepts = fc.record(
  {
    sites,
    windows: fc.array(window, { minLength: 1 }),
    notBefore: fc.constant('2026-12-01'),
    notAfter: fc.constant('2026-12-24'),
  },
  { requiredKeys: [] },
);
const some = fc.record(
  {
    priority: fc.record({ ground: fc.constantFrom(...PRIORITY_GROUNDS), untilMs: fc.nat() }),
    accepts,
    since: fc.nat(),
    counted: fc.nat(),
    silences: fc.nat(),
    code: fc.record({ round: fc.nat(), triesLeft: fc.nat(), expiresAtMs: fc.nat() }),
    held: fc.record({ draw: identifier, slot: identifier }),
    endedAtMs: fc.nat(),
  },
  { requiredKeys: [] },
);
const always = fc.record({
  id: identifier,
  state: fc.constantFrom(...ENTRY_STATES),
  requestType: identifier,
  missed: fc.nat(),
  language: fc.constantFrom('fr' as const, 'en' as const),
  origin: fc.constantFrom('online' as const, 'desk' as const, 'phone' as const, 'paper' as const),
  identity: fc.string(),
  sealed: fc.string(),
  joinedAtMs: fc.nat(),
});
const entry: fc.Arbitrary<EntryRecord> = fc
  .tuple(always, some)
  .map(([members, others]) => ({ ...members, ...others }));

const slot: fc.Arbitrary<SlotRecord> = fc.record({
  id: identifier,
  site: identifier,
  start: fc.constant('2026-12-15T09:00:00+01:00'),
  capacity: fc.integer({ min: 1 }),
  requestTypes: sites,
});

const offer: fc.Arbitrary<OfferRecord> = fc
  .tuple(
    fc.record({
      draw: identifier,
      entry: identifier,
      slot: identifier,
      requestType: identifier,
      slotStart: fc.constant('2026-12-15T09:00:00+01:00'),
      site: identifier,
      state: fc.constantFrom(...OFFER_STATES),
      via: fc.constantFrom('draw' as const, 'refill' as const),
      offeredAtMs: fc.nat(),
      deadlineMs: fc.nat(),
    }),
    fc.record(
      {
        extended: fc.constant(true as const),
        settledAtMs: fc.nat(),
        appointment: fc.constantFrom(...APPOINTMENT_STATES),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([members, others]) => ({ ...members, ...others }));

test('an entry comes back as it was stored', () => {
  fc.assert(
    fc.property(entry, (one) => {
      expect(decodeEntry(one.id, encodeEntry(one))).toEqual(one);
    }),
  );
});

test('equal entries are equal texts, whatever the order of their members', () => {
  fc.assert(
    fc.property(entry, (one) => {
      const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as EntryRecord; // same members
      expect(encodeEntry(turned)).toBe(encodeEntry(one));
    }),
  );
});

test('a draw sees of an entry only what lottery/v2 names', () => {
  fc.assert(
    fc.property(entry, (one) => {
      const members = Object.keys(drawEntry(one, 0, {}));
      const known = [
        'id',
        'requestType',
        'missed',
        'priority',
        'party',
        'owed',
        'resting',
        'accepts',
      ];
      expect(known).toEqual(expect.arrayContaining(members));
    }),
  );
});

test('a slot comes back as it was stored', () => {
  fc.assert(
    fc.property(slot, (one) => {
      expect(decodeSlot(one.id, encodeSlot(one))).toEqual(one);
    }),
  );
});

test('an offer comes back as it was stored', () => {
  fc.assert(
    fc.property(offer, (one) => {
      expect(decodeOffer(one.draw, one.entry, encodeOffer(one))).toEqual(one);
    }),
  );
});

test('a text that is no entry is an error, not half an entry', () => {
  const raw = encodeEntry(sampleEntry());
  expect(() => decodeEntry('e', raw.replace('"u"', '"?"'))).toThrow();
  expect(() => decodeEntry('e', raw.replace('{}', '{"?":1}'))).toThrow();
  expect(() => decodeEntry('e', '[]')).toThrow();
});
