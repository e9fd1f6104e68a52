import { isEligible, startInstantMs } from '#src/allocator/draw/eligibility.ts';
import type { Entry, Rules, Slot, Winner } from '#src/allocator/types.ts';

// lottery/v1 §4 and §5 as they are written, without any cleverness: what the allocator is held to.

/** Whether all of these can be given a slot at once: every way is tried. */
export function isSeatable(entries: readonly Entry[], slots: readonly Slot[]): boolean {
  const [first, ...others] = entries;
  if (!first) return true;
  return slots.some((slot) => {
    if (slot.capacity === 0 || !isEligible(first, slot)) return false;
    const left = slots.map((other) =>
      other === slot ? { ...slot, capacity: slot.capacity - 1 } : other,
    );
    return isSeatable(others, left);
  });
}

/** Whether entries can all be seated, in slots with the capacity that is left of them. */
export type IsSeatable = (entries: readonly Entry[], slots: readonly Slot[]) => boolean;

/** `isSeatable` for pools in which not every way can be tried. */
export const isMatchable: IsSeatable = (entries, slots) =>
  mostSeated(entries, slots) === entries.length;

/** The winners, in rank order. */
export function plainWinners(
  ranked: readonly Entry[],
  slots: readonly Slot[],
  rules: Rules,
  canSeat: IsSeatable = isSeatable,
): Entry[] {
  const winners = new Set<Entry>();
  const won = (type: string) => [...winners].filter((entry) => entry.requestType === type).length;
  const quotas = new Map(Object.entries(rules.quotas ?? {}));
  const pass = (condition: (entry: Entry) => boolean, most = Number.POSITIVE_INFINITY) => {
    let accepted = 0;
    for (const entry of ranked) {
      const { max = Number.POSITIVE_INFINITY } = quotas.get(entry.requestType) ?? {};
      if (winners.has(entry) || accepted >= most || !condition(entry)) continue;
      if (won(entry.requestType) >= max || !canSeat([...winners, entry], slots)) continue;
      winners.add(entry);
      accepted += 1;
    }
  };
  pass((entry) => entry.priority === true, rules.priorityMax ?? 0);
  pass(({ requestType }) => won(requestType) < (quotas.get(requestType)?.min ?? 0));
  pass(() => true);
  return ranked.filter((entry) => winners.has(entry));
}

/** Who sits where. */
export function plainSeats(
  winners: readonly Entry[],
  slots: readonly Slot[],
  canSeat: IsSeatable = isSeatable,
): Winner[] {
  let left = slots;
  return winners.map((entry, rank) => {
    const site = (slot: Slot) => entry.accepts?.sites?.indexOf(slot.site) ?? 0;
    const wanted = slots
      .filter((slot) => isEligible(entry, slot))
      .sort(
        (a, b) =>
          site(a) - site(b) || startInstantMs(a) - startInstantMs(b) || (a.id < b.id ? -1 : 1),
      );
    for (const slot of wanted) {
      const after = left.map((other) =>
        other.id === slot.id ? { ...other, capacity: other.capacity - 1 } : other,
      );
      const isFree = after.every(({ capacity }) => capacity >= 0);
      if (!isFree || !canSeat(winners.slice(rank + 1), after)) continue;
      left = after;
      return { entry: entry.id, slot: slot.id };
    }
    throw new Error('winners are seatable');
  });
}

/** The most entries that can be seated at once: the plainest maximum matching, place by place. */
export function mostSeated(entries: readonly Entry[], slots: readonly Slot[]): number {
  const places = slots.flatMap((slot) => Array.from({ length: slot.capacity }, () => slot));
  const holder = new Map<number, Entry>();
  const seat = (entry: Entry, tried: Set<number>): boolean =>
    places.some((slot, place) => {
      if (tried.has(place) || !isEligible(entry, slot)) return false;
      tried.add(place);
      const other = holder.get(place);
      if (other && !seat(other, tried)) return false;
      holder.set(place, entry);
      return true;
    });
  return entries.filter((entry) => seat(entry, new Set())).length;
}
