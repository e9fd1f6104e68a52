import { isEligible, startInstantMs } from '#src/allocator/eligibility.ts';
import type { Entry, Rules, Slot, Winner } from '#src/allocator/types.ts';

// lottery/v1 §4 and §5 as they are written, without any cleverness: what the allocator is held to.

/** The places of each slot that are still to be given. */
type Places = ReadonlyMap<string, number>;

/** Whether all of these can be given a slot at once: every way is tried. */
export function isSeatable(
  entries: readonly Entry[],
  slots: readonly Slot[],
  places: Places = new Map(slots.map(({ id, capacity }) => [id, capacity])),
): boolean {
  const [first, ...others] = entries;
  if (!first) return true;
  return slots.some((slot) => {
    const left = places.get(slot.id) ?? 0;
    if (left === 0 || !isEligible(first, slot)) return false;
    return isSeatable(others, slots, new Map(places).set(slot.id, left - 1));
  });
}

/** The winners, in rank order. */
export function plainWinners(
  ranked: readonly Entry[],
  slots: readonly Slot[],
  rules: Rules,
): Entry[] {
  const winners = new Set<Entry>();
  const won = (type: string) => [...winners].filter((entry) => entry.requestType === type).length;
  const quotas = new Map(Object.entries(rules.quotas ?? {}));
  const pass = (condition: (entry: Entry) => boolean, most = Number.POSITIVE_INFINITY) => {
    let accepted = 0;
    for (const entry of ranked) {
      const { max = Number.POSITIVE_INFINITY } = quotas.get(entry.requestType) ?? {};
      if (winners.has(entry) || accepted >= most || !condition(entry)) continue;
      if (won(entry.requestType) >= max || !isSeatable([...winners, entry], slots)) continue;
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
export function plainSeats(winners: readonly Entry[], slots: readonly Slot[]): Winner[] {
  const places = new Map(slots.map(({ id, capacity }) => [id, capacity]));
  return winners.map((entry, rank) => {
    const site = (slot: Slot) => entry.accepts?.sites?.indexOf(slot.site) ?? 0;
    const wanted = slots
      .filter((slot) => isEligible(entry, slot))
      .sort(
        (a, b) =>
          site(a) - site(b) || startInstantMs(a) - startInstantMs(b) || (a.id < b.id ? -1 : 1),
      );
    const slot = wanted.find(({ id }) => {
      const left = places.get(id) ?? 0;
      const without = new Map(places).set(id, left - 1);
      return left > 0 && isSeatable(winners.slice(rank + 1), slots, without);
    });
    if (!slot) throw new Error('winners are seatable');
    places.set(slot.id, (places.get(slot.id) ?? 0) - 1);
    return { entry: entry.id, slot: slot.id };
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
