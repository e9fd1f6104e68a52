import { decideSlotChange, type SlotDecision, type SlotStanding } from '../slots/change.ts';
import { plannedPlaces } from '../slots/slot.ts';

// Closing a desk takes some places of each slot, not the slot: first those that nobody holds, then as many
// people as it takes.

/** Who holds places of a slot. */
export interface Holding {
  readonly id: string;
  readonly isBooked: boolean;
  readonly people: number;
}

/**
 * Takes places that nobody holds out of a slot, as far as it must come down to `target`. `frozen`: none
 * can be taken now. Pure.
 */
export function decideDeskClosing(standing: SlotStanding, target: number): SlotDecision {
  const now = plannedPlaces(standing.slot);
  if (now <= target) return { outcome: 'unchanged' };
  const published = standing.idle.find(({ state }) => state === 'published');
  const loose = standing.free + (published?.places ?? 0);
  const capacity = Math.max(target, now - loose);
  if (capacity === now) return { outcome: 'frozen' };
  return decideSlotChange(standing, { capacity });
}

/**
 * Whom an office cannot receive when so many places are missing: open offers before appointments, few
 * people before many, and then by their ids, which are random: nobody chooses. Pure.
 */
export function whoGoes<Of extends Holding>(holders: readonly Of[], missing: number): Of[] {
  const ordered = holders.toSorted(
    (a, b) =>
      Number(a.isBooked) - Number(b.isBooked) || a.people - b.people || (a.id < b.id ? -1 : 1),
  );
  const going: Of[] = [];
  let freed = 0;
  for (const holder of ordered) {
    if (freed >= missing) break;
    going.push(holder);
    freed += holder.people;
  }
  return going;
}
