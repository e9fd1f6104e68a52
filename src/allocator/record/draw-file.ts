import { DomainError } from '../../base/errors.ts';
import { malformed, parseHex, parseList, parseMembers } from '../../base/parse-values.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256, Identifier } from '../../base/types.ts';
import { allocate, outcomeHash } from '../draw/draw.ts';
import type { Entropy, Entry, Manifest, Slot, Winner } from '../types.ts';
import { entriesRoot, manifestHash, seedOf, slotsRoot, sortedById } from './manifest.ts';
import { parseEntry, parseManifest, parseSlot } from './parse.ts';
import { wrongEntropy, wrongRound } from './verify-checks.ts';

/** The input of an offline draw (§8). */
export interface DrawFile {
  readonly manifest: Manifest;
  /** By id. */
  readonly entries: readonly Entry[];
  /** By id. */
  readonly slots: readonly Slot[];
  /** The randomness of the drand round, or the operator's secret. */
  readonly entropy: Hex256;
  /** Of the drand round, 96 hex digits. */
  readonly signature?: string;
}

/** What an offline draw prints, in this order. */
export interface DrawResult {
  readonly entriesRoot: Hex256;
  readonly slotsRoot: Hex256;
  readonly manifestHash: Hex256;
  readonly seed: Hex256;
  readonly ranking: readonly Identifier[];
  readonly winners: readonly Winner[];
  readonly outcomeHash: Hex256;
}

/**
 * Checks the form of a draw file. Pure.
 *
 * @throws DomainError `input_malformed` naming the member at fault.
 */
export function parseDrawFile(value: unknown): DrawFile {
  const known = ['manifest', 'entries', 'slots', 'entropy', 'signature'];
  const members = parseMembers(value, '', known);
  const manifest = parseManifest(members.manifest, 'manifest');
  const entries = parseList(members.entries, 'entries').map((entry, index) =>
    parseEntry(entry, `entries[${index}]`, manifest.algorithm),
  );
  const slots = parseList(members.slots, 'slots').map((slot, index) =>
    parseSlot(slot, `slots[${index}]`),
  );
  const file = {
    manifest,
    entries: sortedById(entries, 'entries'),
    slots: sortedById(slots, 'slots'),
    entropy: parseHex(members.entropy, 'entropy', 64),
  };
  if (!Object.hasOwn(members, 'signature')) return file;
  if (manifest.entropy.source !== 'drand') malformed('must be given for drand only', 'signature');
  return { ...file, signature: parseHex(members.signature, 'signature', 96) };
}

/**
 * The entropy of a draw file as a record states it. Pure.
 *
 * @throws DomainError `input_malformed` if drand's signature is missing.
 */
export function recordedEntropy({ manifest, entropy, signature }: DrawFile): Entropy {
  if (manifest.entropy.source === 'operator') return { secret: entropy };
  if (signature === undefined) malformed('must be given, for a record to be written', 'signature');
  return { randomness: entropy, signature };
}

/**
 * Checks that the parts of a draw file agree, and draws. Pure.
 *
 * @throws DomainError `input_inconsistent` naming the first member that disagrees with the rest.
 */
export function runDrawFile(file: DrawFile, sha256: Sha256): DrawResult {
  const { manifest, entries, slots } = file;
  checkRevealed(file, sha256);
  const roots = {
    entriesRoot: checkedRoot('entries', manifest, entries.length, () =>
      entriesRoot(entries, sha256),
    ),
    slotsRoot: checkedRoot('slots', manifest, slots.length, () => slotsRoot(slots, sha256)),
  };
  const seed = seedOf(manifest, file.entropy, sha256);
  const input = { entries, slots, rules: manifest.rules, seed };
  const { ranking, winners } = allocate(input, sha256);
  const outcome = outcomeHash(winners, sha256);
  return {
    ...roots,
    manifestHash: manifestHash(manifest, sha256),
    seed,
    ranking,
    winners,
    outcomeHash: outcome,
  };
}

function checkRevealed(file: DrawFile, sha256: Sha256): void {
  const { manifest, signature } = file;
  const round = wrongRound(manifest);
  if (round !== undefined) inconsistent(round, 'manifest');
  // Without a signature nothing shows that the randomness is drand's, and nothing that it is not.
  if (manifest.entropy.source === 'drand' && signature === undefined) return;
  const wrong = wrongEntropy(manifest, recordedEntropy(file), sha256);
  if (wrong !== undefined) inconsistent(wrong, signature === undefined ? 'entropy' : 'signature');
}

function checkedRoot(
  name: 'entries' | 'slots',
  manifest: Manifest,
  count: number,
  rootOf: () => Hex256,
): Hex256 {
  const stated = manifest[name];
  const path = `manifest.${name}`;
  if (stated.count !== count)
    inconsistent(`must be ${count}, as many as there are`, `${path}.count`);
  const root = rootOf();
  if (stated.root !== root)
    inconsistent(`must be ${root}, the root of what is there`, `${path}.root`);
  return root;
}

function inconsistent(message: string, member: string): never {
  throw new DomainError('input_inconsistent', message, member);
}
