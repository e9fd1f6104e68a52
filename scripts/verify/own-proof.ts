import { z } from 'zod';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { isIncluded } from '../../src/transparency/proof.ts';
import { Refusal } from './refusal.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What `…/entries/{id}/draws/{draw}` answers to a person, as far as it can be checked. */
export const OwnProof = z.looseObject({
  draw: z.string(),
  entry: z.string(),
  seed: hash,
  tickets: z.looseObject({ smallest: z.int().min(0), number: hash }),
  inclusion: z.strictObject({
    leaf: z.string(),
    index: z.int().min(0),
    size: z.int().min(1),
    path: z.array(hash).max(128),
    root: hash,
  }),
});
export type OwnProof = z.infer<typeof OwnProof>;

/** What a record, or the register, says of a draw: root and number of its entries, and its seed. */
export interface PublicDraw {
  readonly from: 'record' | 'register';
  readonly root: unknown;
  readonly count: unknown;
  readonly seed: unknown;
}

/**
 * Checks what a person was told of their entry in a draw: the entry itself, that the draw had it,
 * and its ticket. Says in a line what that shows.
 *
 * @throws Refusal 1 at the first thing that is not so.
 */
export function checkOwnProof(
  name: string,
  { draw, entry, seed, tickets, inclusion }: OwnProof,
  known: PublicDraw | undefined,
): string {
  const { leaf, root, size, index, path } = inclusion;
  if (idOf(leaf) !== entry) throw new Refusal(1, `${name}: its leaf is not of entry ${entry}`);
  const message = Buffer.from(leaf);
  if (!isIncluded({ index, size, root, proof: path, leaf: message }, nodeSha256)) {
    throw new Refusal(1, `${name}: does not show that entry ${entry} is under root ${root}`);
  }
  if (nodeSha256.hex(`${seed}:${entry}:${tickets.smallest}`) !== tickets.number) {
    throw new Refusal(1, `${name}: ticket ${tickets.smallest} is not the hash that it says`);
  }
  if (known && (known.root !== root || known.count !== size)) {
    throw new Refusal(1, `${name}: its root is not that of the manifest in the ${known.from}`);
  }
  if (known && known.seed !== seed) {
    throw new Refusal(1, `${name}: its seed is not that of the draw in the ${known.from}`);
  }
  const confirmed = known
    ? `as the ${known.from} has it`
    : 'which no RECORD and no --register of this draw confirms';
  return (
    `proof ${name}: entry ${entry} was in draw ${draw}, as entry ${index + 1} of ${size} under root ` +
    `${root}, ${confirmed}; its number ${tickets.number} is right`
  );
}

function idOf(leaf: string): unknown {
  try {
    return Object(JSON.parse(leaf)).id;
  } catch {
    return undefined;
  }
}
