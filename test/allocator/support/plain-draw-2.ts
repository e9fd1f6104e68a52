import { isEligible, startInstantMs } from '#src/allocator/draw/eligibility.ts';
import type { Entry, Rules, Slot, Winner } from '#src/allocator/types.ts';
import { type IsSeatable, isSeatable } from './plain-draw.ts';

// lottery/v2 §4 and §5 as they are written, without any cleverness, and beside those of v1.

/** Who was accepted, and where each party is fixed. */
export interface PlainState {
  readonly singles: readonly Entry[];
  /** By entry. */
  readonly fixed: ReadonlyMap<Entry, Slot>;
}

const sizeOf = ({ party = 1 }: Entry) => party;
const none = Number.POSITIVE_INFINITY;

/** The slots with the places that the parties leave of them. */
export function left(slots: readonly Slot[], { fixed }: PlainState): Slot[] {
  return slots.map((slot) => {
    const parties = [...fixed].filter(([, at]) => at === slot).map(([entry]) => sizeOf(entry));
    return { ...slot, capacity: parties.reduce((places, size) => places - size, slot.capacity) };
  });
}

/** Whether all accepted singles can be seated, no slot beyond its capacity. */
export function isStateSeatable(state: PlainState, slots: readonly Slot[], canSeat: IsSeatable) {
  const rest = left(slots, state);
  return rest.every(({ capacity }) => capacity >= 0) && canSeat(state.singles, rest);
}

/** Eligible slots in an entry's own order (v1 §5). */
export function wanted(entry: Entry, slots: readonly Slot[]): Slot[] {
  const site = (slot: Slot) => entry.accepts?.sites?.indexOf(slot.site) ?? 0;
  return slots
    .filter((slot) => isEligible(entry, slot))
    .sort(
      (a, b) =>
        site(a) - site(b) || startInstantMs(a) - startInstantMs(b) || (a.id < b.id ? -1 : 1),
    );
}

/** The state with the entry taken, if it can be. */
export function take(
  entry: Entry,
  state: PlainState,
  slots: readonly Slot[],
  canSeat: IsSeatable,
): PlainState | undefined {
  if (sizeOf(entry) === 1) {
    const next = { ...state, singles: [...state.singles, entry] };
    return isStateSeatable(next, slots, canSeat) ? next : undefined;
  }
  for (const slot of wanted(entry, slots)) {
    const next = { ...state, fixed: new Map([...state.fixed, [entry, slot]]) };
    if (isStateSeatable(next, slots, canSeat)) return next;
  }
  return undefined;
}

export interface PlainResult extends PlainState {
  /** In rank order. */
  readonly winners: readonly Entry[];
  /** Whoever could not be taken when it was tried, in any pass. */
  readonly failed: ReadonlySet<Entry>;
}

/** The four passes. */
export function plainPasses(
  ranked: readonly Entry[],
  slots: readonly Slot[],
  rules: Rules,
  canSeat: IsSeatable = isSeatable,
): PlainResult {
  let state: PlainState = { singles: [], fixed: new Map() };
  const won = new Set<Entry>();
  const failed = new Set<Entry>();
  const quota = new Map(Object.entries(rules.quotas ?? {}));
  const placesOfType = (type: string) =>
    [...won]
      .filter(({ requestType }) => requestType === type)
      .reduce((sum, entry) => sum + sizeOf(entry), 0);
  const pass = (condition: (entry: Entry, takenInPass: number) => boolean) => {
    let taken = 0;
    for (const entry of ranked) {
      if (won.has(entry) || !condition(entry, taken)) continue;
      const after = placesOfType(entry.requestType) + sizeOf(entry);
      const next = take(entry, state, slots, canSeat);
      if (!next) failed.add(entry);
      if (!next || after > (quota.get(entry.requestType)?.max ?? none)) continue;
      state = next;
      won.add(entry);
      taken += sizeOf(entry);
    }
  };
  pass(({ owed }) => owed === true);
  pass((entry, taken) => {
    return entry.priority === true && taken + sizeOf(entry) <= (rules.priorityMax ?? 0);
  });
  pass(({ requestType }) => placesOfType(requestType) < (quota.get(requestType)?.min ?? 0));
  pass(() => true);
  return { ...state, winners: ranked.filter((entry) => won.has(entry)), failed };
}

/** Who sits where. */
export function plainSeats2(
  { winners, fixed }: PlainResult,
  slots: readonly Slot[],
  canSeat: IsSeatable = isSeatable,
): Winner[] {
  let rest: readonly Slot[] = left(slots, { singles: [], fixed });
  return winners.map((entry, rank) => {
    const own = fixed.get(entry);
    if (own) return { entry: entry.id, slot: own.id };
    const after = winners.slice(rank + 1).filter((other) => !fixed.has(other));
    for (const slot of wanted(entry, slots)) {
      const tried = rest.map((other) =>
        other.id === slot.id ? { ...other, capacity: other.capacity - 1 } : other,
      );
      if (!tried.every(({ capacity }) => capacity >= 0) || !canSeat(after, tried)) continue;
      rest = tried;
      return { entry: entry.id, slot: slot.id };
    }
    throw new Error('winners are seatable');
  });
}
