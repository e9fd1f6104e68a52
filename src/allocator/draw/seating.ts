import type { Winner } from '../types.ts';
import { type Bits, fullBits, hasBit, numbersIn, removeAll } from './bits.ts';
import { createSearch } from './residual-search.ts';
import { type Crowd, isOpen, occupy, retire, type Seats, vacate } from './seats.ts';
import type { SlotClasses } from './slot-classes.ts';
import { createSlotOrder } from './slot-order.ts';
import type { Drawn } from './winners.ts';

/**
 * Fixes the slot of every winner, best rank first (lottery/v1 §5). Pure, but it uses `seats` up.
 *
 * @param winners in rank order, seated somehow in `seats`.
 */
export function fixSeats(winners: readonly Drawn[], slots: SlotClasses, seats: Seats): Winner[] {
  const order = createSlotOrder(slots);
  const moveTo = createMover(seats);
  return winners.map(({ entry, crowd, profile }) => {
    const eligible = seats.eligible[crowd];
    const place = order.take(
      profile,
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
