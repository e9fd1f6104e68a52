import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isInSpan,
  type PresentSlot,
  planReplacement,
  REPLACEMENT_LISTS,
  type Replacement,
  spanFaults,
} from '#src/domain/slots/replace.ts';
import { isSamePlan, type PlannedSlot, plannedSlot } from '#src/domain/slots/slot.ts';
import { sampleNowMs, sampleSlot } from '../../support/samples.ts';

const span = { from: '2026-12-07', to: '2026-12-11' };

describe('a span', () => {
  test.each([
    ['2026-12-06T23:30:00+01:00', false],
    ['2026-12-07T00:00:00+01:00', true],
    ['2026-12-11T23:59:00+01:00', true],
    ['2026-12-12T00:00:00+01:00', false],
    // The day at the desk counts, not that of Greenwich.
    ['2026-12-07T00:30:00+14:00', true],
  ])('has both of its days, as the desk sees them: %s', (start, isIn) => {
    expect(isInSpan(sampleSlot({ start }), span)).toBe(isIn);
  });

  test('may be of some sites', () => {
    const slot = sampleSlot({ start: '2026-12-08T09:00:00+01:00' });
    expect(spanFaults(slot, { ...span, sites: ['nanterre'] })).toEqual([]);
    expect(spanFaults(slot, { ...span, sites: ['antony'] })).toEqual([
      { member: 'site', message: 'is not one of the sites to replace' },
    ]);
    const early = { ...slot, start: '2026-12-01T09:00:00+01:00' };
    expect(spanFaults(early, span)).toEqual([
      { member: 'start', message: 'is not from 2026-12-07 to 2026-12-11' },
    ]);
  });
});

const idsOf = (replacement: Replacement) =>
  Object.fromEntries(
    REPLACEMENT_LISTS.map((name) => [name, replacement[name].map(({ id }) => id)]),
  );

test('what a draw has stays, whatever the new plan says; what has begun stays too', () => {
  const past = { start: '2026-11-30T09:00:00+01:00' };
  const present: PresentSlot[] = [
    { slot: sampleSlot({ id: 'frozen-gone' }), free: 1 },
    { slot: sampleSlot({ id: 'frozen-other' }), free: 0 },
    { slot: sampleSlot({ id: 'frozen-same', capacity: 3, lowered: 1 }), free: 0 },
    { slot: sampleSlot({ id: 'free-gone' }), free: 2 },
    { slot: sampleSlot({ id: 'free-other' }), free: 2 },
    { slot: sampleSlot({ id: 'free-lowered', capacity: 3, lowered: 1 }), free: 2 },
    { slot: sampleSlot({ id: 'begun', ...past }), free: 2 },
  ];
  const planned = [
    sampleSlot({ id: 'frozen-other', capacity: 5 }),
    sampleSlot({ id: 'frozen-same', capacity: 2 }),
    sampleSlot({ id: 'free-other', site: 'antony' }),
    sampleSlot({ id: 'new' }),
  ];
  expect(idsOf(planReplacement(present, planned, sampleNowMs))).toEqual({
    added: ['new'],
    changed: ['free-other'],
    removed: ['free-gone', 'free-lowered'],
    kept: ['begun', 'frozen-gone', 'frozen-other'],
    unchanged: ['frozen-same'],
  });
});

test('the plan and what draws have are there afterwards, nothing else; a repeat has nothing to do', () => {
  const slot = fc.record({
    id: fc.integer({ min: 1, max: 8 }),
    capacity: fc.integer({ min: 1, max: 3 }),
  });
  const unique = { selector: ({ id }: { id: number }) => id, maxLength: 8 };
  const presents = fc.uniqueArray(
    fc.tuple(slot, fc.boolean()).map(([one, isFree]) => ({ ...one, isFree })),
    unique,
  );
  fc.assert(
    fc.property(presents, fc.uniqueArray(slot, unique), (before, plan) => {
      const of = ({ id, capacity }: { id: number; capacity: number }) =>
        sampleSlot({ id: `s${id}`, capacity });
      const present = before.map((one) => ({ slot: of(one), free: one.isFree ? one.capacity : 0 }));
      const planned = plan.map(of);
      const found = planReplacement(present, planned, sampleNowMs);
      const model = new Map<string, PlannedSlot>(planned.map((one) => [one.id, one]));
      for (const one of present) if (one.free === 0) model.set(one.slot.id, plannedSlot(one.slot));
      const after = [...found.added, ...found.changed, ...found.kept, ...found.unchanged];
      expect(after.map(({ id }) => id).sort()).toEqual([...model.keys()].sort());
      for (const one of after) expect(isSamePlan(one, model.get(one.id) ?? one)).toBe(true);
      const frozen = new Set(present.filter(({ free }) => free === 0).map((one) => one.slot.id));
      const now = after.map((one) => ({ slot: one, free: frozen.has(one.id) ? 0 : one.capacity }));
      const again = planReplacement(now, planned, sampleNowMs);
      expect([again.added, again.changed, again.removed]).toEqual([[], [], []]);
    }),
  );
});
