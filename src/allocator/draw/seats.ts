import { type Bits, clearBit, fullBits, setBit } from './bits.ts';

/**
 * Single winners who can sit in exactly the same slot classes are one crowd: they are interchangeable, so
 * only how many of a crowd sit where is ever stored.
 */
export type Crowd = number;

/** Who sits where: crowds in classes, and what is free. */
export interface Seats {
  /** By crowd: where it can sit. */
  readonly eligible: Bits[];
  /** By class: how many of each crowd sit there. */
  readonly holders: readonly Map<Crowd, number>[];
  /** By crowd: how many of it sit in each class. */
  readonly held: Map<number, number>[];
  /** By class: places that nobody has, a party fixed there included. */
  readonly free: Float64Array;
  /** The classes that have free places. */
  readonly open: Bits;
}

/** Seats with every place free. `capacities` are those of the slot classes. */
export function emptySeats(capacities: readonly number[]): Seats {
  return {
    eligible: [],
    held: [],
    holders: capacities.map(() => new Map()),
    free: Float64Array.from(capacities),
    open: fullBits(capacities.length),
  };
}

/** Whether a class has a free place. */
export function isOpen(seats: Seats, classNumber: number): boolean {
  return (seats.free[classNumber] ?? 0) > 0;
}

/** Gives one of a crowd a free place of a class. */
export function occupy(seats: Seats, crowd: Crowd, classNumber: number): void {
  seats.free[classNumber] = (seats.free[classNumber] ?? 0) - 1;
  if (!isOpen(seats, classNumber)) clearBit(seats.open, classNumber);
  count(seats.holders[classNumber], crowd, 1);
  count(seats.held[crowd], classNumber, 1);
}

/** Takes free places of a class away for good: a party is fixed there. */
export function fixPlaces(seats: Seats, classNumber: number, places: number): void {
  seats.free[classNumber] = (seats.free[classNumber] ?? 0) - places;
  if (!isOpen(seats, classNumber)) clearBit(seats.open, classNumber);
}

/** Frees the place that one of a crowd has in a class. */
export function vacate(seats: Seats, crowd: Crowd, classNumber: number): void {
  seats.free[classNumber] = (seats.free[classNumber] ?? 0) + 1;
  setBit(seats.open, classNumber);
  count(seats.holders[classNumber], crowd, -1);
  count(seats.held[crowd], classNumber, -1);
}

/** One of a crowd leaves a class for good, and its place with it. */
export function retire(seats: Seats, crowd: Crowd, classNumber: number): void {
  count(seats.holders[classNumber], crowd, -1);
  count(seats.held[crowd], classNumber, -1);
}

function count(counts: Map<number, number> | undefined, key: number, by: number): void {
  const after = (counts?.get(key) ?? 0) + by;
  if (after < 0) throw new Error('a place was taken from a crowd that has none');
  if (after === 0) counts?.delete(key);
  else counts?.set(key, after);
}
