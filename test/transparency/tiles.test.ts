import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMerkleHasher, hashLeaf, merkleRoot } from '#src/base/merkle.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import {
  consistencyPath,
  consistencyProof,
  inclusionPath,
  inclusionProof,
  isConsistent,
  isIncluded,
  type LeafRange,
} from '#src/transparency/proof.ts';
import { edgeTiles, extendTiles, rangeRoot, tileName, tilesOf } from '#src/transparency/tiles.ts';
import merkle from '../vectors/known-answers/merkle.json' with { type: 'json' };

type Leaf = string | Uint8Array;

/** All tiles of a tree, added in steps as a job would, with the tile of what is left over. */
function tilesFor(leaves: readonly Leaf[], step = 512): Map<string, string> {
  const hashes = leaves.map((leaf) => hashLeaf(leaf, nodeSha256));
  const whole = leaves.length - (leaves.length % 256);
  const tiles = new Map<string, string>();
  for (let at = 0; at < whole; at += step) {
    const edge = new Map(edgeTiles(at).map((name) => [name, tiles.get(name) ?? '']));
    const added = hashes.slice(at, Math.min(at + step, whole));
    for (const [name, text] of extendTiles(edge, at, added, nodeSha256)) tiles.set(name, text);
  }
  if (whole < leaves.length) tiles.set(tileName(0, whole / 256), hashes.slice(whole).join(''));
  return tiles;
}

/** Hands over only the tiles asked for. */
function rootsOf(ranges: readonly LeafRange[], tiles: Map<string, string>): string[] {
  const needed = new Map(tilesOf(ranges).map((name) => [name, tiles.get(name) ?? '']));
  return ranges.map((range) => rangeRoot(range, needed, nodeSha256));
}

const texts = (size: number) => Array.from({ length: size }, (_, index) => `leaf ${index}`);

describe('a Merkle tree in tiles', () => {
  test('the leaves of the RFC have their roots and proofs', () => {
    const leaves = merkle.leaves.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
    const tiles = tilesFor(leaves);
    for (const { size, root } of merkle.roots) {
      expect(rootsOf([{ from: 0, until: size }], tiles)).toEqual([root]);
    }
    const { index, size, proof } = merkle.inclusion;
    expect(rootsOf(inclusionPath(index, size), tiles)).toEqual(proof);
    const path = consistencyPath(merkle.consistency.first, leaves.length);
    expect(rootsOf(path, tiles)).toEqual(merkle.consistency.proof);
  });

  const leaves = texts(1300);
  const tiles = tilesFor(leaves);

  test('every proof is the one made from all the leaves', () => {
    const sizes = fc.integer({ min: 1, max: leaves.length });
    fc.assert(
      fc.property(sizes, fc.nat(), (size, pick) => {
        const some = leaves.slice(0, size);
        const index = pick % size;
        const included = rootsOf(inclusionPath(index, size), tiles);
        expect(included).toEqual(inclusionProof(some, index, nodeSha256));
        const consistent = rootsOf(consistencyPath(index + 1, size), tiles);
        expect(consistent).toEqual(consistencyProof(some, index + 1, nodeSha256));
        expect(rootsOf([{ from: 0, until: size }], tiles)).toEqual([merkleRoot(some, nodeSha256)]);
      }),
      { numRuns: 40 },
    );
  });

  test('with three levels of tiles proofs hold, and read a handful of tiles', () => {
    const size = 65_536 + 2 * 256 + 3;
    const many = texts(size);
    const deep = tilesFor(many, 8192);
    const hasher = createMerkleHasher(nodeSha256);
    const rootAt = new Map<number, string>();
    for (const [index, leaf] of many.entries()) {
      hasher.push(leaf);
      if ([300, 65_536, 65_800, size].includes(index + 1)) rootAt.set(index + 1, hasher.root());
    }
    const root = rootAt.get(size) ?? '';
    for (const index of [0, 255, 256, 65_535, 65_536, size - 1]) {
      const path = inclusionPath(index, size);
      const proof = rootsOf(path, deep);
      const claim = { leaf: many[index] ?? '', index, size, root, proof };
      expect(isIncluded(claim, nodeSha256)).toBe(true);
      expect(tilesOf(path).length).toBeLessThanOrEqual(6);
    }
    for (const firstSize of [300, 65_536, 65_800]) {
      const proof = rootsOf(consistencyPath(firstSize, size), deep);
      const claim = { firstSize, firstRoot: rootAt.get(firstSize) ?? '', size, root, proof };
      expect(isConsistent(claim, nodeSha256)).toBe(true);
    }
  });

  test('a tree of no leaves has the hash of nothing', () => {
    expect(rangeRoot({ from: 0, until: 0 }, new Map(), nodeSha256)).toBe(
      merkleRoot([], nodeSha256),
    );
  });

  test('what lies beyond the tree, or a torn tile, is an error and no other root', () => {
    const hashed = texts(256).map((leaf) => hashLeaf(leaf, nodeSha256));
    expect(() => rootsOf([{ from: 0, until: 1301 }], tiles)).toThrow('holds too little');
    expect(() => extendTiles(new Map(), 256, hashed, nodeSha256)).toThrow('is torn');
    expect(() => extendTiles(new Map(), 1, hashed, nodeSha256)).toThrow('whole tiles');
    expect(() => inclusionPath(3, 3)).toThrow('no such leaf');
    expect(() => consistencyPath(0, 3)).toThrow('no such tree');
  });
});
