import type { Sha256 } from './sha256.ts';
import type { Hex256 } from './types.ts';

/** A Merkle tree that is fed leaf by leaf. */
export interface MerkleHasher {
  /** Takes the next leaf; text stands for its UTF-8. */
  push(leaf: string | Uint8Array): void;
  /** The same by the hash of the leaf, as `Sha256.latin1` gives it. */
  pushHash(hash: string): void;
  /** The root of the leaves so far. */
  root(): Hex256;
}

/**
 * The RFC 9162 §2.1.1 Merkle Tree Hash of a list of leaves, in the memory of its height: of the
 * leaves so far it keeps one node for each complete subtree.
 */
export function createMerkleHasher(sha256: Sha256): MerkleHasher {
  const joinNodes = latin1Joiner(sha256);
  const complete: string[] = [];
  let count = 0;
  const pushHash = (hash: string) => {
    let node = hash;
    // As many subtrees end at this leaf as its number has trailing ones in binary.
    for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = joinNodes(complete.pop() ?? '', node);
    }
    complete.push(node);
    count += 1;
  };
  return {
    push: (leaf) => pushHash(sha256.latin1(leafMessage(leaf))),
    pushHash,
    root() {
      const last = complete.at(-1);
      if (last === undefined) return sha256.hex('');
      const joined = complete
        .slice(0, -1)
        .reduceRight((right, left) => joinNodes(left, right), last);
      return latin1ToHex(joined);
    },
  };
}

/** The RFC 9162 §2.1.1 Merkle Tree Hash of a list of leaves; text stands for its UTF-8. Pure. */
export function merkleRoot(leaves: Iterable<string | Uint8Array>, sha256: Sha256): Hex256 {
  const hasher = createMerkleHasher(sha256);
  for (const leaf of leaves) hasher.push(leaf);
  return hasher.root();
}

/** The hash of a leaf, 0x00 before it (RFC 9162 §2.1.1). Pure. */
export function hashLeaf(leaf: string | Uint8Array, sha256: Sha256): Hex256 {
  return sha256.hex(leafMessage(leaf));
}

function leafMessage(leaf: string | Uint8Array): string | Uint8Array {
  if (typeof leaf === 'string') return `\0${leaf}`;
  const message = new Uint8Array(leaf.length + 1);
  message.set(leaf, 1);
  return message;
}

/**
 * The hash of two nodes, 0x01 before them (RFC 9162 §2.1.1), on a buffer of its own. Nodes are hex:
 * one-shot hashing to text and back is twice as fast as to bytes.
 */
export function nodeJoiner(sha256: Sha256): (left: Hex256, right: Hex256) => Hex256 {
  const message = new Uint8Array(65);
  message[0] = 1;
  return (left, right) => {
    writeHex(left, message, 1);
    writeHex(right, message, 33);
    return sha256.hex(message);
  };
}

/** The same for nodes of a character a byte, which is faster still. */
function latin1Joiner(sha256: Sha256): (left: string, right: string) => string {
  const message = new Uint8Array(65);
  message[0] = 1;
  return (left, right) => {
    for (let index = 0; index < 32; index++) {
      message[1 + index] = left.charCodeAt(index);
      message[33 + index] = right.charCodeAt(index);
    }
    return sha256.latin1(message);
  };
}

function latin1ToHex(text: string): Hex256 {
  const digits = [...text].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'));
  return digits.join('');
}

function writeHex(hex: Hex256, target: Uint8Array, offset: number): void {
  for (let index = 0; index < 32; index++) {
    const high = digitOf(hex.charCodeAt(2 * index));
    target[offset + index] = (high << 4) | digitOf(hex.charCodeAt(2 * index + 1));
  }
}

/** The value of a lowercase hex digit: '0' is 0x30, 'a' is 0x61. Without a branch: digits are random. */
function digitOf(code: number): number {
  return (code & 15) + 9 * (code >> 6);
}
