import type { Entry } from '../allocator/types.ts';
import { skipper } from './distributions.ts';
import type { Random } from './random.ts';

/** An entry of a draw, with where its owner stands. The members beside those of `Entry` are ours. */
export interface Entrant extends Entry {
  missed: number;
  readonly typeIndex: number;
  readonly kind: 'person' | 'false' | 'copy';
  /** The owner's place in its crowd. */
  index: number;
}

/**
 * Those who wait for one request type, in the order in which they joined, one array for each
 * property: millions of persons fit in memory. Those who have gone keep their place in the arrays
 * until more than half are gone, so that everybody is moved a constant number of times.
 */
export interface Crowd {
  /** By index: the first period it takes part in. */
  joined: Int32Array;
  /** By index: its place among those who joined in the same period; 0 where nobody compares it. */
  key: Float64Array;
  /** By index: 1 for those who do not wait any more. */
  gone: Uint8Array;
  /** By index: the last two periods in which it was picked as a buyer, 0 for none. */
  picked: Int32Array;
  pickedBefore: Int32Array;
  /** By index; undefined where no draw takes place. */
  readonly entrants: Entrant[] | undefined;
  /** Nobody before this index waits. */
  start: number;
  end: number;
  waiting: number;
}

/** Nobody waits yet. */
export function emptyCrowd(hasEntrants: boolean): Crowd {
  const size = 64;
  return {
    joined: new Int32Array(size),
    key: new Float64Array(size),
    gone: new Uint8Array(size),
    picked: new Int32Array(size),
    pickedBefore: new Int32Array(size),
    entrants: hasEntrants ? [] : undefined,
    start: 0,
    end: 0,
    waiting: 0,
  };
}

/** Adds many who join in one period, and gives the index of the first. */
export function join(crowd: Crowd, count: number, period: number): number {
  const from = crowd.end;
  makeRoom(crowd, from + count);
  const until = from + count;
  crowd.joined.fill(period, from, until);
  crowd.key.fill(0, from, until);
  crowd.gone.fill(0, from, until);
  crowd.picked.fill(0, from, until);
  crowd.pickedBefore.fill(0, from, until);
  crowd.end = until;
  crowd.waiting += count;
  return from;
}

function makeRoom(crowd: Crowd, size: number): void {
  if (size <= crowd.joined.length) return;
  const capacity = Math.max(size, 2 * crowd.joined.length);
  const int32 = (old: Int32Array) => {
    const grown = new Int32Array(capacity);
    grown.set(old);
    return grown;
  };
  const key = new Float64Array(capacity);
  key.set(crowd.key);
  const gone = new Uint8Array(capacity);
  gone.set(crowd.gone);
  crowd.joined = int32(crowd.joined);
  crowd.picked = int32(crowd.picked);
  crowd.pickedBefore = int32(crowd.pickedBefore);
  crowd.key = key;
  crowd.gone = gone;
}

/** Takes one away who waits. */
export function remove(crowd: Crowd, index: number): void {
  crowd.gone[index] = 1;
  crowd.waiting -= 1;
  if (index !== crowd.start) return;
  while (crowd.start < crowd.end && crowd.gone[crowd.start] === 1) crowd.start += 1;
}

/** One of those who wait and were not picked in `period`, at random; there must be one. */
export function pickRandom(crowd: Crowd, period: number, random: Random): number {
  const size = crowd.end - crowd.start;
  for (;;) {
    const index = crowd.start + Math.floor(random() * size);
    if (crowd.gone[index] === 0 && crowd.picked[index] !== period) return index;
  }
}

/** One of those who wait, other than `not` (-1: anybody), at random; there must be one. */
export function anyWaiting(crowd: Crowd, not: number, random: Random): number {
  const size = crowd.end - crowd.start;
  for (;;) {
    const index = crowd.start + Math.floor(random() * size);
    if (crowd.gone[index] === 0 && index !== not) return index;
  }
}

/** Each of those who wait leaves with a probability, independently. */
export function abandon(
  crowd: Crowd,
  probability: number,
  random: Random,
  leave: (index: number) => void,
): void {
  if (probability === 0) return;
  const skip = skipper(probability, random);
  // One trial for each place in the arrays; that of somebody who has gone means nothing.
  const { end } = crowd;
  for (let index = crowd.start + skip(); index < end; index += 1 + skip()) {
    if (crowd.gone[index] === 0) leave(index);
  }
}

/** Closes the gaps once they are more than half, or whenever there are any. Keeps the order. */
export function compact(crowd: Crowd, when: 'worthwhile' | 'always'): void {
  const size = crowd.end;
  if (when === 'worthwhile' ? 2 * crowd.waiting > size - 64 : crowd.waiting === size) return;
  const { joined, key, gone, picked, pickedBefore, entrants } = crowd;
  let to = 0;
  for (let from = crowd.start; from < size; from++) {
    if (gone[from] === 1) continue;
    joined[to] = joined[from] ?? 0;
    key[to] = key[from] ?? 0;
    picked[to] = picked[from] ?? 0;
    pickedBefore[to] = pickedBefore[from] ?? 0;
    gone[to] = 0;
    if (entrants) entrants[to] = entrants[from] as Entrant; // one for each index
    to += 1;
  }
  if (entrants) entrants.length = to;
  crowd.start = 0;
  crowd.end = to;
}
