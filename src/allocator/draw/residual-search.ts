import { type Bits, lowestBit } from './bits.ts';
import { type Crowd, occupy, type Seats, vacate } from './seats.ts';

/** A class at which a search may end. */
export type IsEnd = (classNumber: number) => boolean;

/** Searches for a way to move winners one place on, so that a place is free where it is wanted. */
export interface ResidualSearch {
  /** From a set of classes. Gives the class at its end, undefined if there is no way. */
  fromClasses(classes: Bits, unvisited: Bits, isEnd: IsEnd): number | undefined;
  /** From one class, out of which somebody has to move. */
  fromClass(classNumber: number, unvisited: Bits, isEnd: IsEnd): number | undefined;
  /**
   * Moves everybody on the way that the last search found to `end`, where a place must be free.
   * Gives the class at the beginning of the way, where a place is free now.
   */
  shift(end: number): number;
}

/**
 * Breadth-first search of the residual graph: from a class to every other one in which somebody who
 * sits there can sit as well. `unvisited` bounds the search and loses the classes that it reaches.
 */
export function createSearch(seats: Seats): ResidualSearch {
  const { eligible, holders } = seats;
  const size = holders.length;
  /** By class reached: the class before it, -1 at the beginning; and the crowd that can move. */
  const before = new Int32Array(size);
  const mover = new Int32Array(size);
  const queue = new Int32Array(size);
  const visitedCrowds = new Set<Crowd>();
  let length = 0;

  /** Reaches all that one of a crowd could move to from a class; gives the end if it is there. */
  const reach = (bits: Bits, crowd: Crowd, from: number, unvisited: Bits, isEnd: IsEnd) => {
    for (let word = 0; word < bits.length; word++) {
      let fresh = (bits[word] ?? 0) & (unvisited[word] ?? 0);
      if (fresh === 0) continue;
      unvisited[word] = (unvisited[word] ?? 0) & ~fresh;
      while (fresh !== 0) {
        const reached = 32 * word + lowestBit(fresh);
        fresh &= fresh - 1;
        before[reached] = from;
        mover[reached] = crowd;
        if (isEnd(reached)) return reached;
        queue[length++] = reached;
      }
    }
    return undefined;
  };

  const run = (unvisited: Bits, isEnd: IsEnd) => {
    for (let next = 0; next < length; next++) {
      const from = queue[next] ?? 0;
      for (const crowd of holders[from]?.keys() ?? []) {
        if (visitedCrowds.has(crowd)) continue;
        visitedCrowds.add(crowd);
        const bits = eligible[crowd];
        const end = bits && reach(bits, crowd, from, unvisited, isEnd);
        if (end !== undefined) return end;
      }
    }
    return undefined;
  };

  const start = () => {
    length = 0;
    visitedCrowds.clear();
  };

  return {
    fromClasses(classes, unvisited, isEnd) {
      start();
      return reach(classes, -1, -1, unvisited, isEnd) ?? run(unvisited, isEnd);
    },
    fromClass(classNumber, unvisited, isEnd) {
      start();
      before[classNumber] = -1;
      queue[length++] = classNumber;
      const word = classNumber >>> 5;
      unvisited[word] = (unvisited[word] ?? 0) & ~(1 << (classNumber & 31));
      return run(unvisited, isEnd);
    },
    shift(end) {
      let to = end;
      for (let from = before[to] ?? -1; from !== -1; from = before[to] ?? -1) {
        vacate(seats, mover[to] ?? 0, from);
        occupy(seats, mover[to] ?? 0, to);
        to = from;
      }
      return to;
    },
  };
}
