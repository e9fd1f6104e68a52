/** A set of small numbers, 32 to a word. Its owner knows how many there can be. */
export type Bits = Uint32Array;

/** An empty set of numbers below `size`. */
export function emptyBits(size: number): Bits {
  return new Uint32Array(Math.ceil(size / 32));
}

/** The set of all numbers below `size`. */
export function fullBits(size: number): Bits {
  const bits = emptyBits(size).fill(-1);
  keepRange(bits, 0, size);
  return bits;
}

/** Whether the number is in the set. */
export function hasBit(bits: Bits, number: number): boolean {
  return (((bits[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
}

/** Puts the number into the set. */
export function setBit(bits: Bits, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
}

/** Takes the number out of the set. */
export function clearBit(bits: Bits, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) & ~(1 << (number & 31));
}

/** The lowest number of a word that is not 0, 0 to 31. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** The numbers of a set, lowest first. */
export function* numbersIn(bits: Bits): Generator<number> {
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1)
      yield 32 * word + lowestBit(rest);
  }
}

/** Keeps only the numbers that are in `other` too. */
export function keepCommon(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++)
    bits[word] = (bits[word] ?? 0) & (other[word] ?? 0);
}

/** Adds the numbers of `other`. */
export function addAll(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++)
    bits[word] = (bits[word] ?? 0) | (other[word] ?? 0);
}

/** Takes the numbers of `other` away. */
export function removeAll(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++)
    bits[word] = (bits[word] ?? 0) & ~(other[word] ?? 0);
}

/** Takes away the numbers below `from`, and those from `until` on. */
export function keepRange(bits: Bits, from: number, until: number): void {
  for (let word = 0; word < bits.length; word++) {
    const first = 32 * word;
    if (first >= from && first + 32 <= until) continue;
    bits[word] = (bits[word] ?? 0) & onesBelow(until - first) & ~onesBelow(from - first);
  }
}

/** A word in which the lowest `count` bits are set; any count. */
function onesBelow(count: number): number {
  if (count >= 32) return -1;
  return count <= 0 ? 0 : (1 << count) - 1;
}

/** Whether no number is in the set. */
export function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
}

/** Whether two sets have a number in common. */
export function haveCommon(bits: Bits, other: Bits): boolean {
  for (let word = 0; word < bits.length; word++) {
    if (((bits[word] ?? 0) & (other[word] ?? 0)) !== 0) return true;
  }
  return false;
}
