import { HEX_256 } from '../base/hex.ts';
import { hashLeaf, nodeJoiner } from '../base/merkle.ts';
import type { Sha256 } from '../base/sha256.ts';
import type { Hex256 } from '../base/types.ts';

type Leaf = string | Uint8Array;

/**
 * The RFC 9162 §2.1.3 proof that leaf `index` (from 0) lies in the tree of all the leaves: the
 * siblings on its way to the root, from the bottom. Pure.
 *
 * @throws RangeError if there is no such leaf.
 */
export function inclusionProof(leaves: readonly Leaf[], index: number, sha256: Sha256): Hex256[] {
  const subroot = subrootOf(leaves, sha256);
  return inclusionPath(index, leaves.length).map(subroot);
}

/** Leaves number `from` to `until`, the latter excluded. */
export interface LeafRange {
  readonly from: number;
  readonly until: number;
}

/**
 * The subtrees whose roots prove that leaf `index` lies in the tree of `size` leaves, from the
 * bottom. Pure.
 *
 * @throws RangeError if there is no such leaf.
 */
export function inclusionPath(index: number, size: number): LeafRange[] {
  if (!Number.isSafeInteger(index) || index < 0 || !(index < size)) {
    throw new RangeError('no such leaf');
  }
  const path: LeafRange[] = [];
  let [from, until] = [0, size];
  while (until - from > 1) {
    const middle = from + splitOf(until - from);
    if (index < middle) {
      path.push({ from: middle, until });
      until = middle;
    } else {
      path.push({ from, until: middle });
      from = middle;
    }
  }
  return path.reverse();
}

/** Whether a proof shows that a leaf is number `index` of the `size` leaves below a root. Pure. */
export function isIncluded(
  claim: { leaf: Leaf; index: number; size: number; proof: readonly Hex256[]; root: Hex256 },
  sha256: Sha256,
): boolean {
  const { leaf, index, size, proof, root } = claim;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index)) return false;
  if (index < 0 || index >= size || !proof.every(isHex256)) return false;
  const join = nodeJoiner(sha256);
  let [node, last, number] = [hashLeaf(leaf, sha256), size - 1, index];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (number % 2 === 1 || number === last) {
      node = join(sibling, node);
      // A right edge has no sibling at the levels where its number is even.
      while (number % 2 === 0 && number !== 0) [number, last] = [half(number), half(last)];
    } else {
      node = join(node, sibling);
    }
    [number, last] = [half(number), half(last)];
  }
  return last === 0 && node === root;
}

/**
 * The RFC 9162 §2.1.4 proof that the tree of all the leaves continues the tree of the first `size`
 * of them. Empty when both are the same. Pure.
 *
 * @throws RangeError unless `size` is 1 to the number of leaves.
 */
export function consistencyProof(leaves: readonly Leaf[], size: number, sha256: Sha256): Hex256[] {
  const subroot = subrootOf(leaves, sha256);
  return consistencyPath(size, leaves.length).map(subroot);
}

/**
 * The subtrees whose roots prove that the tree of `size` leaves continues the tree of the first
 * `first`, from the bottom. Pure.
 *
 * @throws RangeError unless `first` is 1 to `size`.
 */
export function consistencyPath(first: number, size: number): LeafRange[] {
  if (!Number.isSafeInteger(first) || first < 1 || !(first <= size)) {
    throw new RangeError('no such tree');
  }
  const path: LeafRange[] = [];
  let [from, until] = [0, size];
  while (first !== until) {
    const middle = from + splitOf(until - from);
    if (first <= middle) {
      path.push({ from: middle, until });
      until = middle;
    } else {
      path.push({ from, until: middle });
      from = middle;
    }
  }
  // The first tree itself is known to whoever checks; a part of it is not.
  if (from > 0) path.push({ from, until });
  return path.reverse();
}

/** Whether a proof shows that a tree of `size` leaves continues one of `firstSize` leaves. Pure. */
export function isConsistent(
  claim: {
    firstSize: number;
    firstRoot: Hex256;
    size: number;
    root: Hex256;
    proof: readonly Hex256[];
  },
  sha256: Sha256,
): boolean {
  const { firstSize, firstRoot, size, root, proof } = claim;
  if (!Number.isSafeInteger(firstSize) || !Number.isSafeInteger(size)) return false;
  if (firstSize < 1 || firstSize > size || !proof.every(isHex256)) return false;
  if (firstSize === size) return proof.length === 0 && firstRoot === root;
  const path = isPowerOfTwo(firstSize) ? [firstRoot, ...proof] : [...proof];
  const join = nodeJoiner(sha256);
  let [number, last] = [firstSize - 1, size - 1];
  while (number % 2 === 1) [number, last] = [half(number), half(last)];
  const start = path.shift();
  if (start === undefined) return false;
  let [first, second] = [start, start];
  for (const node of path) {
    if (last === 0) return false;
    if (number % 2 === 1 || number === last) {
      first = join(node, first);
      second = join(node, second);
      while (number % 2 === 0 && number !== 0) [number, last] = [half(number), half(last)];
    } else {
      second = join(second, node);
    }
    [number, last] = [half(number), half(last)];
  }
  return last === 0 && first === firstRoot && second === root;
}

/** Roots of runs of leaves, `from` inclusive, `until` exclusive. Each leaf is hashed once. */
function subrootOf(leaves: readonly Leaf[], sha256: Sha256) {
  const join = nodeJoiner(sha256);
  const hashes = leaves.map((leaf) => hashLeaf(leaf, sha256));
  const subroot = ({ from, until }: LeafRange): Hex256 => {
    if (until - from === 1) return hashes[from] ?? '';
    const middle = from + splitOf(until - from);
    return join(subroot({ from, until: middle }), subroot({ from: middle, until }));
  };
  return subroot;
}

/** The largest power of two below a count of 2 or more. */
function splitOf(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1);
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}

function isHex256(text: string): boolean {
  return HEX_256.test(text);
}
