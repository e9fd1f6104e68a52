import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DRAW_STATES } from '#src/domain/draws/state.ts';
import {
  decideSlotChange,
  decideSlotRemoval,
  type IdlePlaces,
  type SlotStanding,
  slotPlaces,
} from '#src/domain/slots/change.ts';
import { isSamePlan, plannedPlaces, plannedSlot } from '#src/domain/slots/slot.ts';
import { sampleSlot } from '../../support/samples.ts';

const published = (places: number): IdlePlaces => ({ draw: 'd1', state: 'published', places });

function standing(
  capacity: number,
  free: number,
  idle: readonly IdlePlaces[] = [],
  lowered?: number,
): SlotStanding {
  const slot = sampleSlot({ capacity, ...(lowered === undefined ? {} : { lowered }) });
  return { slot, free, idle };
}

describe('a slot that no draw has taken', () => {
  test('becomes anything, with all its places free', () => {
    const members = { site: 'antony', capacity: 7, requestTypes: ['first'] };
    const before = standing(2, 2);
    expect(decideSlotChange(before, members)).toEqual({
      outcome: 'change',
      slot: { ...before.slot, ...members },
      free: 7,
    });
  });

  test('goes', () => {
    const gone = { outcome: 'change', slot: undefined, free: 0 };
    expect(decideSlotRemoval(standing(2, 2))).toEqual(gone);
  });

  test('is as good as new once the places that are left of it have come back', () => {
    const before = standing(5, 2, [], 3);
    const decision = decideSlotChange(before, { capacity: 4 });
    expect(decision).toMatchObject({ outcome: 'change', free: 4 });
    expect(decision.outcome === 'change' && decision.slot).not.toHaveProperty('lowered');
    expect(decideSlotRemoval(before).outcome).toBe('change');
  });
});

describe('a slot that a draw has', () => {
  test('changes in nothing but its places', () => {
    expect(decideSlotChange(standing(2, 1), { site: 'antony' }).outcome).toBe('frozen');
    const both = { site: 'antony', capacity: 1 };
    expect(decideSlotChange(standing(2, 1), both).outcome).toBe('frozen');
    expect(decideSlotRemoval(standing(2, 1)).outcome).toBe('frozen');
  });

  test('never gets more places', () => {
    expect(decideSlotChange(standing(2, 1), { capacity: 3 }).outcome).toBe('frozen');
  });

  test('gives up free places first, then idle ones of the published draw, and keeps what was frozen', () => {
    const before = standing(6, 1, [published(2)]);
    expect(decideSlotChange(before, { capacity: 5 })).toEqual({
      outcome: 'change',
      slot: { ...before.slot, lowered: 1 },
      free: 0,
    });
    expect(decideSlotChange(before, { capacity: 3 })).toEqual({
      outcome: 'change',
      slot: { ...before.slot, lowered: 3 },
      free: 0,
      idle: published(0),
    });
    expect(decideSlotChange(before, { capacity: 2 }).outcome).toBe('frozen');
  });

  test.each(DRAW_STATES.filter((state) => state !== 'published'))(
    'gives up no idle place of a draw that is %s',
    (state) => {
      const before = standing(2, 0, [{ draw: 'd1', state, places: 2 }]);
      expect(decideSlotChange(before, { capacity: 1 }).outcome).toBe('frozen');
    },
  );

  test('stays where it is that already: a repeat is no refusal', () => {
    const before = standing(3, 0, [], 1);
    expect(decideSlotChange(before, { capacity: 2 }).outcome).toBe('unchanged');
    const turned = { requestTypes: before.slot.requestTypes.toReversed() };
    expect(decideSlotChange(before, turned).outcome).toBe('unchanged');
  });
});

test('whatever is decided, who holds a place keeps it, and the plan is as it was asked for', () => {
  const counts = fc.record({
    free: fc.nat(4),
    idle: fc.nat(4),
    held: fc.nat(4),
    lowered: fc.nat(3),
    state: fc.constantFrom(...DRAW_STATES),
    capacity: fc.nat(12),
    site: fc.constantFrom('nanterre', 'antony'),
  });
  fc.assert(
    fc.property(counts, ({ free, idle, held, lowered, state, capacity, site }) => {
      const all = free + idle + held + lowered;
      fc.pre(all > 0);
      const before = standing(
        all,
        free,
        idle > 0 ? [{ draw: 'd', state, places: idle }] : [],
        lowered > 0 ? lowered : undefined,
      );
      const decision = decideSlotChange(before, { capacity, site });
      const isSame = plannedPlaces(before.slot) === capacity && before.slot.site === site;
      expect(decision.outcome === 'unchanged').toBe(isSame);
      if (decision.outcome !== 'change' || !decision.slot) return;
      const wanted = { ...plannedSlot(before.slot), capacity, site };
      expect(isSamePlan(plannedSlot(decision.slot), wanted)).toBe(true);
      const left = decision.idle ? [decision.idle] : before.idle;
      const after = { slot: decision.slot, free: decision.free, idle: left };
      expect(slotPlaces(after).held).toBe(held);
      expect(Math.min(...Object.values(slotPlaces(after)))).toBeGreaterThanOrEqual(0);
    }),
  );
});
