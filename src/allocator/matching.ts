import { type Bits, emptyBits, fullBits, lowestBit } from './bits.ts';
import { createSearch } from './residual-search.ts';
import { type Crowd, emptySeats, isOpen, occupy, type Seats } from './seats.ts';

/** A seating of winners that is changed at will while winners are added, one by one. */
export interface Matching {
  /**
   * Seats one more winner in one of these classes, moving others if need be, and gives the crowd it
   * is in; undefined if that is impossible. The set is kept: do not change it afterwards.
   */
  add(classes: Bits): Crowd | undefined;
  /**
   * Classes that can still take a winner. Whatever is not among them is full for ever: a failed
   * search has shown that everyone in there can sit nowhere else.
   */
  readonly live: Bits;
  readonly seats: Seats;
}

/** Starts with every place free. `capacities` are those of the slot classes. */
export function createMatching(capacities: readonly number[]): Matching {
  const size = capacities.length;
  const seats = emptySeats(capacities);
  const live = fullBits(size);
  const unvisited = emptyBits(size);
  const search = createSearch(seats);
  const crowdOf = crowdFinder(seats);

  /** A class of these with a free place, after moving others if need be. */
  const makeRoom = (classes: Bits): number | undefined => {
    const direct = firstCommon(classes, seats.open);
    if (direct !== undefined) return direct;
    unvisited.set(live);
    const end = search.fromClasses(classes, unvisited, (reached) => isOpen(seats, reached));
    if (end !== undefined) return search.shift(end);
    // Everything reached is full of people who cannot leave it.
    live.set(unvisited);
    return undefined;
  };

  return {
    seats,
    live,
    add(classes) {
      const room = makeRoom(classes);
      if (room === undefined) return undefined;
      const crowd = crowdOf(classes);
      occupy(seats, crowd, room);
      return crowd;
    },
  };
}

/** The lowest number that two sets have in common. */
function firstCommon(bits: Bits, other: Bits): number | undefined {
  for (let word = 0; word < bits.length; word++) {
    const common = (bits[word] ?? 0) & (other[word] ?? 0);
    if (common !== 0) return 32 * word + lowestBit(common);
  }
  return undefined;
}

/** Finds the crowd that sits in a set of classes; founds it if there is none. */
function crowdFinder({ eligible, held }: Seats): (classes: Bits) => Crowd {
  const byHash = new Map<number, Crowd[]>();
  return (classes) => {
    const hash = hashOf(classes);
    const crowds = byHash.get(hash) ?? [];
    const same = crowds.find((crowd) => areEqual(eligible[crowd], classes));
    if (same !== undefined) return same;
    byHash.set(hash, [...crowds, eligible.length]);
    held.push(new Map());
    return eligible.push(classes) - 1;
  };
}

function hashOf(bits: Bits): number {
  let hash = 0;
  for (const word of bits) hash = (Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15)) | 0;
  return hash;
}

function areEqual(bits: Bits | undefined, other: Bits): boolean {
  return bits?.every((word, index) => word === other[index]) ?? false;
}
