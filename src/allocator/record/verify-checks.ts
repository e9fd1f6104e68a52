import { bytesOfHex } from '../../base/hex.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256 } from '../../base/types.ts';
import { drandTimeOf, QUICKNET, verifyDrandRound } from '../entropy/drand.ts';
import type { Entropy, Manifest } from '../types.ts';

// Each check answers with what is wrong, or undefined.

/** Whether the manifest's drand round is of the pinned chain and after the freeze. Pure. */
export function wrongRound({ entropy, frozenAt }: Manifest): string | undefined {
  if (entropy.source === 'operator') return undefined;
  if (entropy.chain !== QUICKNET.chain) return 'entropy.chain is not drand quicknet';
  if (drandTimeOf(entropy.round) * 1000 <= Date.parse(frozenAt)) {
    return `entropy.round ${entropy.round} was already known at ${frozenAt}`;
  }
  return undefined;
}

/** Whether items come by id, each once. Pure. */
export function wrongOrder(
  before: { readonly id: string } | undefined,
  item: { readonly id: string },
): string | undefined {
  if (!before || before.id < item.id) return undefined;
  return before.id === item.id
    ? `id ${item.id} comes twice`
    : `id ${item.id} must come before ${before.id}`;
}

/** Whether the count and root that the manifest states are those of the lines. Pure. */
export function wrongPool(
  name: 'slots' | 'entries',
  stated: { readonly count: number; readonly root: Hex256 },
  count: number,
  root: Hex256,
): string | undefined {
  if (stated.count !== count) return `${name}.count is ${stated.count}, the record has ${count}`;
  return stated.root === root ? undefined : `${name}.root differs: the lines give ${root}`;
}

/** Whether what was revealed is what the manifest asks for. Pure. */
export function wrongEntropy(
  { entropy: asked }: Manifest,
  revealed: Entropy,
  sha256: Sha256,
): string | undefined {
  if (asked.source === 'operator') {
    if (!('secret' in revealed)) return 'the manifest asks for the secret of the operator';
    const isSecret = sha256.hex(bytesOfHex(revealed.secret)) === asked.commitment;
    return isSecret ? undefined : 'secret is not the one the manifest commits to';
  }
  if ('secret' in revealed) return `the manifest asks for drand round ${asked.round}`;
  const { signature, randomness } = revealed;
  return verifyDrandRound(asked.round, signature, randomness, sha256)
    ? undefined
    : `signature and randomness are not those of drand round ${asked.round}`;
}
