import { LARGEST_PARTY } from '../types.ts';
import { type Bits, emptyBits, fullBits, lowestBit, numbersIn, removeAll, setBit } from './bits.ts';
import { createSearch } from './residual-search.ts';
import { type Crowd, emptySeats, fixPlaces, isOpen, occupy, type Seats } from './seats.ts';

/** A seating of winners that is changed at will while winners are added, one by one. */
export interface Matching {
  /**
   * Seats one more single winner in one of these classes, moving others if need be, and gives the crowd it
   * is in; undefined if that is impossible. The set is kept: do not change it afterwards.
   */
  add(classes: Bits): Crowd | undefined;
  /**
   * Moves single winners out of a class until so many places of it are free. False if that is
   * impossible, and then it is so for ever, there and wherever the search came: see `roomFor`.
   */
  clear(classNumber: number, places: number): boolean;
  /** Takes free places of a class for a party, which never moves. */
  fix(classNumber: number, places: number): void;
  /** Classes in which so many places, 2 to 6, may still be free at once. */
  roomFor(places: number): Bits;
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
  const roomy = roomBits(capacities);
  const search = createSearch(seats);
  /** By class: how many crowds can sit there. */
  const rivals = new Float64Array(size);
  const crowdOf = crowdFinder(seats, rivals);

  /** What `unvisited` lost to a search from a class can have no more than `free` places free. */
  const close = (free: number) => {
    const reached = live.slice();
    removeAll(reached, unvisited);
    for (const bits of roomy.slice(free + 1)) removeAll(bits, reached);
    // With no place free in it, it is full of people who cannot leave it.
    if (free === 0) live.set(unvisited);
  };

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
    close(0);
    return undefined;
  };

  return {
    seats,
    live,
    fix: (classNumber, places) => fixPlaces(seats, classNumber, places),
    roomFor: (places) => roomy[places] ?? live,
    clear(classNumber, places) {
      while ((seats.free[classNumber] ?? 0) < places) {
        unvisited.set(live);
        const end = search.fromClass(classNumber, unvisited, (reached) => isOpen(seats, reached));
        if (end === undefined) {
          close(seats.free[classNumber] ?? 0);
          return false;
        }
        search.shift(end);
      }
      return true;
    },
    add(classes) {
      const room = makeRoom(classes);
      if (room === undefined) return undefined;
      const crowd = crowdOf(classes);
      occupy(seats, crowd, room);
      return crowd;
    },
  };
}

/** By number of places, up to that of the largest party: the classes that have as many. */
function roomBits(capacities: readonly number[]): Bits[] {
  return Array.from({ length: LARGEST_PARTY + 1 }, (_, places) => {
    const bits = emptyBits(capacities.length);
    for (const [number, capacity] of capacities.entries()) {
      if (capacity >= places) setBit(bits, number);
    }
    return bits;
  });
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
