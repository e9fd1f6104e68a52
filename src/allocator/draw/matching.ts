import { type Bits, emptyBits, fullBits, lowestBit, numbersIn } from './bits.ts';
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
  /** By class: how many crowds can sit there. */
  const rivals = new Float64Array(size);
  const crowdOf = crowdFinder(seats, rivals);

  /** A class of these with a free place, after moving others if need be. */
  const makeRoom = (classes: Bits): number | undefined => {
    const first = firstCommon(classes, seats.open);
    if (first !== undefined) {
      // Either end will do; the one that fewer can use leaves less to be moved later. Where people
      // are free until some day, or from some day on, that is the difference of the two.
      const last = lastCommon(classes, seats.open) ?? first;
      return (rivals[last] ?? 0) < (rivals[first] ?? 0) ? last : first;
    }
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

/** The highest number that two sets have in common. */
function lastCommon(bits: Bits, other: Bits): number | undefined {
  for (let word = bits.length - 1; word >= 0; word--) {
    const common = (bits[word] ?? 0) & (other[word] ?? 0);
    if (common !== 0) return 32 * word + 31 - Math.clz32(common);
  }
  return undefined;
}

/** Finds the crowd that sits in a set of classes; founds it if there is none. */
function crowdFinder({ eligible, held }: Seats, rivals: Float64Array): (classes: Bits) => Crowd {
  const byHash = new Map<number, Crowd[]>();
  const found = (classes: Bits): Crowd => {
    const hash = hashOf(classes);
    const crowds = byHash.get(hash) ?? [];
    const same = crowds.find((crowd) => areEqual(eligible[crowd], classes));
    if (same !== undefined) return same;
    byHash.set(hash, [...crowds, eligible.length]);
    held.push(new Map());
    for (const number of numbersIn(classes)) rivals[number] = (rivals[number] ?? 0) + 1;
    return eligible.push(classes) - 1;
  };
  // A profile always brings the same set: then nothing needs comparing.
  const bySet = new Map<Bits, Crowd>();
  return (classes) => {
    const crowd = bySet.get(classes) ?? found(classes);
    bySet.set(classes, crowd);
    return crowd;
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
