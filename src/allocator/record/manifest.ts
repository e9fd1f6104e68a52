import { DomainError } from '../../base/errors.ts';
import { jcs } from '../../base/jcs.ts';
import { createMerkleHasher } from '../../base/merkle.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256, Identifier } from '../../base/types.ts';
import type { Algorithm, EntropySource, Entry, Manifest, Rules, Slot } from '../types.ts';
import { createEntryHasher } from './entry-hasher.ts';
import { slotLeaf } from './leaf.ts';

export { entryLeaf, slotLeaf } from './leaf.ts';

export interface ManifestInput {
  /** Absent: v1. */
  readonly algorithm?: Algorithm;
  readonly draw: Identifier;
  readonly prefecture: Identifier;
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly frozenAt: string;
  readonly rules: Rules;
  /** In any order, ids unique. */
  readonly entries: readonly Entry[];
  /** In any order, ids unique. */
  readonly slots: readonly Slot[];
  readonly entropy: EntropySource;
}

/** A manifest before it is tied to its entropy. */
export type PoolManifest = Omit<Manifest, 'entropy'>;

/**
 * Commits to everything that decides a draw (§2). Pure.
 *
 * @throws DomainError `input_malformed` if two entries or two slots have the same id.
 */
export function buildManifest(input: ManifestInput, sha256: Sha256): Manifest {
  return { ...buildPoolManifest(input, sha256), entropy: input.entropy };
}

/**
 * Commits to the pool and the rules of a draw, not yet to its entropy. Pure.
 *
 * @throws DomainError `input_malformed` if two entries or two slots have the same id.
 */
export function buildPoolManifest(
  input: Omit<ManifestInput, 'entropy'>,
  sha256: Sha256,
): PoolManifest {
  const { algorithm = 'lottery/v1', draw, prefecture, frozenAt, rules, entries, slots } = input;
  return {
    algorithm,
    draw,
    prefecture,
    frozenAt,
    rules,
    entries: { count: entries.length, root: entriesRoot(entries, sha256) },
    slots: { count: slots.length, root: slotsRoot(slots, sha256) },
  };
}

/** The Merkle root of entries, whatever their order. Pure. @throws DomainError `input_malformed` */
export function entriesRoot(entries: readonly Entry[], sha256: Sha256): Hex256 {
  const hasher = createMerkleHasher(sha256);
  const hashOf = createEntryHasher(sha256.latin1);
  for (const entry of sortedById(entries, 'entries')) hasher.pushHash(hashOf(entry));
  return hasher.root();
}

/** The Merkle root of slots, whatever their order. Pure. @throws DomainError `input_malformed` */
export function slotsRoot(slots: readonly Slot[], sha256: Sha256): Hex256 {
  const hasher = createMerkleHasher(sha256);
  for (const slot of sortedById(slots, 'slots')) hasher.push(slotLeaf(slot));
  return hasher.root();
}

/** SHA-256 of the manifest's RFC 8785 serialisation. Pure. */
export function manifestHash(manifest: Manifest, sha256: Sha256): Hex256 {
  return sha256.hex(jcs(manifest));
}

/** The seed of a draw (§3). `entropyHex` is drand's randomness or the secret. Pure. */
export function seedOf(manifest: Manifest, entropyHex: Hex256, sha256: Sha256): Hex256 {
  return sha256.hex(`${manifest.algorithm}:${manifestHash(manifest, sha256)}:${entropyHex}`);
}

/**
 * Items in ASCII order of their ids; the list itself when it is in order already. Pure.
 *
 * @param path of the list, for the message.
 * @throws DomainError `input_malformed` naming the later one of two items with the same id.
 */
export function sortedById<T extends { readonly id: Identifier }>(
  items: readonly T[],
  path: string,
): readonly T[] {
  let isSorted = true;
  for (let index = 1; index < items.length && isSorted; index++) {
    isSorted = (items[index - 1]?.id ?? '') < (items[index]?.id ?? '');
  }
  if (isSorted) return items;
  const sorted = items.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (let index = 1; index < sorted.length; index++) {
    const { id } = sorted[index] as T; // in range
    if (sorted[index - 1]?.id !== id) continue;
    const at = items.findLastIndex((item) => item.id === id);
    throw new DomainError('input_malformed', 'must be unique', `${path}[${at}].id`);
  }
  return sorted;
}
