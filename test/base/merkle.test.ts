import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMerkleHasher, merkleRoot } from '#src/base/merkle.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  isIncluded,
} from '#src/transparency/proof.ts';
import merkle from '../vectors/known-answers/merkle.json' with { type: 'json' };

const leaves = merkle.leaves.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
const rootOf = (size: number) => merkleRoot(leaves.slice(0, size), nodeSha256);

describe('Merkle tree of RFC 9162', () => {
  test.each(merkle.roots)('the first $size leaves of the RFC have its root', ({ size, root }) => {
    expect(rootOf(size)).toBe(root);
  });

  test('the proofs of the known answers come out and hold', () => {
    const { inclusion, consistency } = merkle;
    const { index, size, proof } = inclusion;
    expect(inclusionProof(leaves, index, nodeSha256)).toEqual(proof);
    const leaf = leaves[index] ?? new Uint8Array();
    const claim = { leaf, index, size, proof, root: rootOf(size) };
    expect(isIncluded(claim, nodeSha256)).toBe(true);
    const { first } = consistency;
    expect(consistencyProof(leaves, first, nodeSha256)).toEqual(consistency.proof);
  });

  test('every leaf of every tree has a proof that holds there and nowhere else', () => {
    for (let size = 1; size <= 20; size++) {
      const texts = Array.from({ length: size }, (_, index) => `leaf ${index}`);
      const root = merkleRoot(texts, nodeSha256);
      for (const [index, leaf] of texts.entries()) {
        const claim = { leaf, index, size, root, proof: inclusionProof(texts, index, nodeSha256) };
        expect(isIncluded(claim, nodeSha256)).toBe(true);
        expect(isIncluded({ ...claim, leaf: 'other' }, nodeSha256)).toBe(false);
        expect(isIncluded({ ...claim, index: (index + 1) % (size + 1) }, nodeSha256)).toBe(false);
        expect(isIncluded({ ...claim, proof: [...claim.proof, root] }, nodeSha256)).toBe(false);
        expect(isIncluded({ ...claim, proof: ['zz'] }, nodeSha256)).toBe(false);
      }
    }
  });

  test('every tree continues every shorter one, and a forged one does not', () => {
    const texts = Array.from({ length: 20 }, (_, index) => `leaf ${index}`);
    for (let size = 1; size <= 20; size++) {
      for (let firstSize = 1; firstSize <= size; firstSize++) {
        const claim = {
          firstSize,
          firstRoot: merkleRoot(texts.slice(0, firstSize), nodeSha256),
          size,
          root: merkleRoot(texts.slice(0, size), nodeSha256),
          proof: consistencyProof(texts.slice(0, size), firstSize, nodeSha256),
        };
        expect(isConsistent(claim, nodeSha256)).toBe(true);
        const forged = { ...claim, firstRoot: merkleRoot(['forged'], nodeSha256) };
        expect(isConsistent(forged, nodeSha256)).toBe(false);
        const longer = { ...claim, proof: [...claim.proof, claim.root] };
        expect(isConsistent(longer, nodeSha256)).toBe(false);
      }
    }
  });

  test('a root may be asked for after each leaf', () => {
    const hasher = createMerkleHasher(nodeSha256);
    for (let size = 0; size < leaves.length; size++) {
      expect(hasher.root()).toBe(rootOf(size));
      hasher.push(leaves[size] ?? '');
    }
  });

  test('a leaf given as text is its UTF-8', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 }), (texts) => {
        const bytes = texts.map((text) => new TextEncoder().encode(text));
        expect(merkleRoot(texts, nodeSha256)).toBe(merkleRoot(bytes, nodeSha256));
      }),
    );
  });

  test('there is no proof for a leaf or tree that does not exist', () => {
    expect(() => inclusionProof(leaves, 8, nodeSha256)).toThrow(RangeError);
    expect(() => consistencyProof(leaves, 0, nodeSha256)).toThrow(RangeError);
    expect(() => consistencyProof(leaves, 9, nodeSha256)).toThrow(RangeError);
  });
});
