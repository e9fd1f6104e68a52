import type { Identifier } from '../../base/types.ts';
import type { Entry, Quota, Rules, Slot, Winner } from '../types.ts';
import { isEmpty } from './bits.ts';
import { groupSlots } from './slot-classes.ts';

/**
 * Why an entry was not drawn, from the widest cause to the narrowest: the first that is true when its
 * turn came in the open pass (lottery/v1 §4).
 */
export const REASONS = [
  'no_slot_for_type',
  'availability_too_narrow',
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
  /** Accepted in the passes before the open one, whatever their rank. */
  early: number;
  /** Places in the list of winners of those whom the open pass accepted, ascending. */
  readonly open: number[];
}

/**
 * Finds out why entries were not drawn: exact, from the result alone, and in a time that does not
 * grow with the draw. Pure.
 */
export function reasonFinder(draw: Omit<DecidedDraw, 'ranking'>): FindReason {
  const classes = groupSlots(draw.slots);
  const takers = takersOf(draw);
  return ({ requestType, accepts }, better) => {
    const serving = classes.serving(requestType);
    if (!serving) return 'no_slot_for_type';
    if (accepts) {
      const fitting = serving.slice();
      classes.narrow(fitting, accepts);
      if (isEmpty(fitting)) return 'availability_too_narrow';
    }
    const { max = Number.POSITIVE_INFINITY } = quotaOf(draw.rules, requestType);
    const { early, open } = takers.get(requestType) ?? { early: 0, open: [] };
    return early + countBelow(open, better) >= max ? 'cap_reached' : 'rank_too_low';
  };
}

/**
 * Who fails in an early pass fails in the later ones too, so each early pass took the best ranked of
 * the winners it could take.
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
    const ofType = takers.get(winner.requestType) ?? { early: 0, open: [] };
    takers.set(winner.requestType, ofType);
    if (winner.priority && ofPriorityPass > 0) {
      ofPriorityPass -= 1;
      ofType.early += 1;
    } else {
      ofType.open.push(place);
    }
  }
  for (const [requestType, ofType] of takers) {
    const { min = 0 } = quotaOf(rules, requestType);
    ofType.early += ofType.open.splice(0, Math.max(0, min - ofType.early)).length;
  }
  return takers;
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
