import type { Identifier } from '../../base/types.ts';
import type { Winner } from '../types.ts';
import { type Bits, fullBits, hasBit, numbersIn, removeAll } from './bits.ts';
import type { Profile } from './profiles.ts';
import { createSearch } from './residual-search.ts';
import { type Crowd, isOpen, occupy, retire, type Seats, vacate } from './seats.ts';
import type { SlotClasses } from './slot-classes.ts';
import { createSlotOrder, type SlotOrder } from './slot-order.ts';

/** A single winner, whose slot is not fixed yet. */
interface DrawnSingle {
  readonly entry: Identifier;
  readonly crowd: Crowd;
  /** All of one profile are in one crowd, and want the same slots in the same order. */
  readonly profile: Profile;
}

/** Who is drawn. A party has its slot. */
export type Drawn = DrawnSingle | Winner;

/** Winners in rank order, all of whom have a seat at once. */
export interface Seated {
  readonly winners: readonly Drawn[];
  /** Where the single ones sit, somehow. */
  readonly seats: Seats;
  /** Undefined where no party has taken places of a slot yet. */
  readonly order: SlotOrder | undefined;
}

/**
 * Fixes the slot of every single winner, best rank first (§5); parties have theirs. Pure, but it uses
 * `seats` and `order` up.
 */
export function fixSeats({ winners, seats, order: begun }: Seated, slots: SlotClasses): Winner[] {
  const order = begun ?? createSlotOrder(slots);
  const moveTo = createMover(seats);
  return winners.map((drawn) => {
    if ('slot' in drawn) return drawn;
    const { entry, crowd, profile } = drawn;
    const eligible = seats.eligible[crowd];
    const place = order.take(
      profile,
      1,
      (classNumber) =>
        eligible !== undefined && hasBit(eligible, classNumber) && moveTo(crowd, classNumber),
    );
    if (!place) throw new Error('every winner has a seat');
    retire(seats, crowd, place.classNumber);
    return { entry, slot: place.slot };
  });
}

/**
 * Moves one of a crowd into a class where it can sit, so that everybody still has a seat; false,
 * and then for ever, if that is impossible.
 *
 * It is possible if and only if the class where it sits and the wanted one lie in one strongly
 * connected component of the residual graph, in which a free place counts as somebody who can sit
 * anywhere. Fixing a seat only ever splits components. So a label for each class, coarser than the
 * components, is enough: different labels say no, and a search that fails splits a label, which
 * happens less often than there are classes.
 */
function createMover(seats: Seats): (crowd: Crowd, wanted: number) => boolean {
  const size = seats.holders.length;
  const search = createSearch(seats);
  const labels = new Int32Array(size);
  /** By label: its classes. */
  const members: Bits[] = [fullBits(size)];
  const unvisited = fullBits(size);

  const split = (label: number) => {
    const reached = members[label]?.slice();
    if (!reached) throw new Error('every class has a label');
    removeAll(reached, unvisited);
    members[label] = unvisited.slice();
    for (const number of numbersIn(reached)) labels[number] = members.length;
    members.push(reached);
  };

  return (crowd, wanted) => {
    const held = seats.held[crowd];
    const present = held?.keys().next().value;
    if (!held || present === undefined) throw new Error('every winner has a seat');
    if (held.has(wanted)) return true;
    const label = labels[wanted] ?? 0;
    if (labels[present] !== label) return false;
    let end: number | undefined = wanted;
    if (!isOpen(seats, wanted)) {
      unvisited.set(members[label] ?? []);
      end = search.fromClass(wanted, unvisited, (reached) => {
        return held.has(reached) || isOpen(seats, reached);
      });
      if (end === undefined) {
        split(label);
        return false;
      }
    }
    vacate(seats, crowd, held.has(end) ? end : present);
    if (end !== wanted) search.shift(end);
    occupy(seats, crowd, wanted);
    return true;
  };
}
