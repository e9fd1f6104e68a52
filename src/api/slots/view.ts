import type { z } from 'zod';
import { type SlotStanding, slotPlaces } from '../../domain/slots/change.ts';
import type { Replacement } from '../../domain/slots/replace.ts';
import { type PlannedSlot, plannedSlot } from '../../domain/slots/slot.ts';
import type { SlotsReplaced, SlotView } from './schemas.ts';

/** Ids that an answer names of each list. */
const MOST_IDS = 20;

/** A slot as it is planned now, and where its places are. Pure. */
export function slotView(standing: SlotStanding): z.infer<typeof SlotView> {
  const { requestTypes, ...slot } = plannedSlot(standing.slot);
  const closed = standing.closure?.cause ?? null;
  return { ...slot, requestTypes: [...requestTypes], places: slotPlaces(standing), closed };
}

/** What a new plan of some days does, or would do. Pure. */
export function replacementView(
  { added, changed, removed, kept, unchanged }: Replacement,
  dryRun: boolean,
): z.infer<typeof SlotsReplaced> {
  return {
    dryRun,
    added: groupView(added),
    changed: groupView(changed),
    removed: groupView(removed),
    kept: groupView(kept),
    unchanged: groupView(unchanged),
  };
}

function groupView(slots: readonly PlannedSlot[]) {
  const sites = sumsBy(slots, ({ site }) => [site]);
  const types = sumsBy(slots, ({ requestTypes }) => requestTypes);
  return {
    slots: slots.length,
    places: slots.reduce((sum, { capacity }) => sum + capacity, 0),
    sites: sites.map(({ name: site, ...counts }) => ({ site, ...counts })),
    requestTypes: types.map(({ name: requestType, ...counts }) => ({ requestType, ...counts })),
    ids: slots.slice(0, MOST_IDS).map(({ id }) => id),
  };
}

/** Slots and places by name, in the order of names. */
function sumsBy(
  slots: readonly PlannedSlot[],
  namesOf: (slot: PlannedSlot) => readonly string[],
): { name: string; slots: number; places: number }[] {
  const sums = new Map<string, { slots: number; places: number }>();
  for (const slot of slots) {
    for (const name of namesOf(slot)) {
      const { slots: count, places } = sums.get(name) ?? { slots: 0, places: 0 };
      sums.set(name, { slots: count + 1, places: places + slot.capacity });
    }
  }
  return [...sums]
    .map(([name, sum]) => ({ name, ...sum }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
