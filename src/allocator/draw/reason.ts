import type { Identifier } from '../../base/types.ts';
import type { Entry, Quota, Rules, Slot, Winner } from '../types.ts';
import { type Bits, isEmpty, numbersIn } from './bits.ts';
import { placesOf } from './eligibility.ts';
import { groupSlots, type SlotClasses } from './slot-classes.ts';

/**
 * Why an entry was not drawn, from the widest cause to the narrowest: the first that is true when its
 * turn came in the open pass (§4). `party_too_large`: no slot that the party could come to has so many
 * places, so that it is eligible for none (lottery/v2 §1).
 */
export const REASONS = [
  'no_slot_for_type',
  'availability_too_narrow',
  'party_too_large',
  'cap_reached',
  'rank_too_low',
] as const;
export type Reason = (typeof REASONS)[number];

/** A draw whose winners are known. */
export interface DecidedDraw {
  readonly entries: readonly Entry[];
  readonly slots: readonly Slot[];
  readonly rules: Rules;
  /** Every entry's id, best rank first. */
  readonly ranking: readonly Identifier[];
  /** In rank order. */
  readonly winners: readonly Winner[];
}

/** Tells why an entry that did not win was turned away; `better`: the winners ranked before it. */
export type FindReason = (entry: Entry, better: number) => Reason;

/** What the winners of one request type say of the others. */
interface Takers {
  /** Places taken in the passes before the open one, whatever the rank. */
  early: number;
  /** Where those whom the open pass accepted stand in the list of winners, ascending. */
  readonly open: number[];
  /** Places that each of these and all before it took. */
  readonly taken: number[];
}

/**
 * Finds out why entries were not drawn: exact, from the result alone, and in a time that does not
 * grow with the draw. Pure.
 */
export function reasonFinder(draw: Omit<DecidedDraw, 'ranking'>): FindReason {
  const findExcluded = exclusionFinder(draw.slots);
  const takers = takersOf(draw);
  return (entry, better) => {
    const excluded = findExcluded(entry);
    if (excluded) return excluded;
    const { requestType } = entry;
    const places = placesOf(entry);
    const { max = Number.POSITIVE_INFINITY } = quotaOf(draw.rules, requestType);
    const { early, open, taken } = takers.get(requestType) ?? noTakers();
    const before = early + (taken[countBelow(open, better) - 1] ?? 0);
    return before + places > max ? 'cap_reached' : 'rank_too_low';
  };
}

/** Tells why an entry is eligible for no slot (§1); undefined: it is for one. Pure. */
export function exclusionFinder(slots: readonly Slot[]): (entry: Entry) => Reason | undefined {
  const classes = groupSlots(slots);
  return (entry) => {
    const { requestType, accepts } = entry;
    const places = placesOf(entry);
    const serving = classes.serving(requestType);
    if (!serving) return 'no_slot_for_type';
    if (!accepts && places === 1) return undefined;
    const fitting = serving.slice();
    if (accepts) classes.narrow(fitting, accepts);
    if (isEmpty(fitting)) return 'availability_too_narrow';
    return isRoomIn(classes, fitting, places) ? undefined : 'party_too_large';
  };
}

/** Whether a slot of these classes, which are not none, has so many places. */
function isRoomIn({ classes }: SlotClasses, among: Bits, places: number): boolean {
  if (places === 1) return true;
  for (const number of numbersIn(among)) {
    if (classes[number]?.slots.some(({ capacity }) => capacity >= places)) return true;
  }
  return false;
}

function noTakers(): Takers {
  return { early: 0, open: [], taken: [] };
}

/**
 * Who could not be taken in an early pass can never be, so each early pass took the best ranked of the
 * winners that its own condition let pass.
 */
function takersOf({ entries, winners, rules }: Omit<DecidedDraw, 'ranking'>) {
  const won = new Set(winners.map(({ entry }) => entry));
  const entryById = new Map<Identifier, Entry>();
  for (const entry of entries) if (won.has(entry.id)) entryById.set(entry.id, entry);
  let ofPriorityPass = rules.priorityMax ?? 0;
  const takers = new Map<Identifier, Takers>();
  for (const [place, { entry: id }] of winners.entries()) {
    const winner = entryById.get(id);
    if (!winner) throw new Error(`winner ${id} is not of this draw`);
    const ofType = takers.get(winner.requestType) ?? noTakers();
    takers.set(winner.requestType, ofType);
    const places = placesOf(winner);
    if (winner.owed) {
      ofType.early += places;
    } else if (winner.priority && places <= ofPriorityPass) {
      ofPriorityPass -= places;
      ofType.early += places;
    } else {
      ofType.open.push(place);
      ofType.taken.push(places);
    }
  }
  for (const [requestType, ofType] of takers) leaveOpen(ofType, quotaOf(rules, requestType));
  return takers;
}

/** Counts the guaranteed pass as early, and adds up what the open one took. */
function leaveOpen(ofType: Takers, { min = 0 }: Quota): void {
  const { open, taken } = ofType;
  let guaranteed = 0;
  while (guaranteed < taken.length && ofType.early < min) {
    ofType.early += taken[guaranteed] ?? 0;
    guaranteed += 1;
  }
  open.splice(0, guaranteed);
  taken.splice(0, guaranteed);
  for (let index = 1; index < taken.length; index++) {
    taken[index] = (taken[index] ?? 0) + (taken[index - 1] ?? 0);
  }
}

/** Only own members count: a request type may be called `constructor`. */
function quotaOf({ quotas }: Rules, requestType: Identifier): Quota {
  return (quotas && Object.hasOwn(quotas, requestType) && quotas[requestType]) || {};
}

/** How many of ascending numbers are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
