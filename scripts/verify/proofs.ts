import { z } from 'zod';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { isConsistent, isIncluded } from '../../src/transparency/proof.ts';
import type { Head } from './heads.ts';
import { checkOwnProof, OwnProof, type PublicDraw } from './own-proof.ts';
import { Refusal } from './refusal.ts';
import { readSmall } from './signed.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().min(1);
const proof = z.array(hash).max(128);
const Inclusion = z.strictObject({ index: z.int().min(0), size, root: hash, proof });
const Consistency = z.strictObject({
  ...{ first: size, second: size },
  ...{ firstRoot: hash, secondRoot: hash, proof },
});

/** A proof as the API answers it, of the register or of a person's entry, and where it came from. */
export type Proof = { readonly name: string } & (
  | { readonly inclusion: z.infer<typeof Inclusion> }
  | { readonly consistency: z.infer<typeof Consistency> }
  | { readonly own: OwnProof }
);

/** Reads a proof from a file or an address. @throws Refusal 2 if it is malformed. */
export async function readProof(name: string): Promise<Proof> {
  const value = parse(await readSmall(name));
  const inclusion = Inclusion.safeParse(value);
  if (inclusion.success) return { name, inclusion: inclusion.data };
  const consistency = Consistency.safeParse(value);
  if (consistency.success) return { name, consistency: consistency.data };
  const own = OwnProof.safeParse(value);
  if (own.success) return { name, own: own.data };
  throw new Refusal(
    2,
    `${name}: is no proof of inclusion, of consistency or of an entry in a draw`,
  );
}

interface Known {
  readonly heads: readonly Head[];
  /** The entry number `index`, from 0, without its line feed, if it is at hand. */
  leafAt(index: number): Uint8Array | undefined;
  /** What is public of a draw, if its record or the register is at hand. */
  publicDraw(draw: string): PublicDraw | undefined;
}

/**
 * Checks a proof, holds its roots against the heads, and says in a line what it shows.
 *
 * @throws Refusal 1 if it proves nothing, or proves that heads contradict each other.
 */
export function checkProof(given: Proof, known: Known): string {
  if ('own' in given) {
    return checkOwnProof(given.name, given.own, known.publicDraw(given.own.draw));
  }
  return 'inclusion' in given
    ? checkInclusion(given.name, given.inclusion, known)
    : checkConsistency(given.name, given.consistency, known.heads);
}

/** Whether one of these proofs, which were checked, shows that one head continues the other. Pure. */
export function showsConsistency(proofs: readonly Proof[], older: Head, newer: Head): boolean {
  return proofs.some((given) => {
    if (!('consistency' in given)) return false;
    const { first, second, firstRoot, secondRoot } = given.consistency;
    return (
      first === older.size &&
      second === newer.size &&
      firstRoot === older.root &&
      secondRoot === newer.root
    );
  });
}

function checkInclusion(
  name: string,
  claim: z.infer<typeof Inclusion>,
  { heads, leafAt }: Known,
): string {
  const { index, root } = claim;
  const leaf = leafAt(index);
  if (!leaf) {
    throw new Refusal(2, `${name}: speaks of entry ${index + 1}: give it by --leaf or --register`);
  }
  if (!isIncluded({ ...claim, leaf }, nodeSha256)) {
    throw new Refusal(1, `${name}: does not show that entry ${index + 1} is under root ${root}`);
  }
  const head = heads.find((other) => other.size === claim.size);
  if (head && head.root !== root) {
    throw new Refusal(1, `${name}: its root ${root} is not that of ${head.name}, ${head.root}`);
  }
  const under = head ? `the head ${head.name}` : `root ${root}, which no --checkpoint confirms`;
  return `proof ${name}: entry ${index + 1} of ${claim.size} is under ${under}`;
}

function checkConsistency(
  name: string,
  claim: z.infer<typeof Consistency>,
  heads: readonly Head[],
): string {
  const { first: firstSize, second, firstRoot, secondRoot: root, proof: path } = claim;
  if (!isConsistent({ firstSize, firstRoot, size: second, root, proof: path }, nodeSha256)) {
    throw new Refusal(
      1,
      `${name}: does not show that the tree of ${second} continues ${firstSize}`,
    );
  }
  const newer = heads.find((head) => head.size === second && head.root === root);
  const older = heads.find((head) => head.size === firstSize);
  if (newer && older && older.root !== firstRoot) {
    throw new Refusal(
      1,
      `PROOF of two histories: ${older.name} is a head of ${older.origin} with ${firstSize} entries ` +
        `and root ${older.root}, but by ${name} the first ${firstSize} entries of ${newer.name} ` +
        `have root ${firstRoot}`,
    );
  }
  const other = heads.find((head) => head.size === second && head.root !== root);
  if (other) {
    throw new Refusal(1, `${name}: its root ${root} is not that of ${other.name}, ${other.root}`);
  }
  if (older && older.root !== firstRoot) {
    throw new Refusal(
      1,
      `${name}: its root ${firstRoot} is not that of ${older.name}, ${older.root}`,
    );
  }
  const confirmed = newer && older ? `${newer.name} continues ${older.name}` : 'roots as it says';
  const missing = newer && older ? '' : ', which no two --checkpoint confirm';
  return `proof ${name}: ${second} entries continue ${firstSize}: ${confirmed}${missing}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
