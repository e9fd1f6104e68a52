import { createHash, randomBytes } from 'node:crypto';
import type { EntropySource as DeclaredEntropy, Entropy } from '../allocator/types.ts';

/** What is fixed, and made public, when a draw is scheduled. */
export interface PreparedEntropy {
  readonly entropy: DeclaredEntropy;
  /** The operator's secret, sealed. Absent where nobody knows the randomness yet. */
  readonly sealedSecret?: string;
}

export type RevealedEntropy =
  | { readonly outcome: 'revealed'; readonly entropy: Entropy }
  /** Nobody can know it yet: ask again from this instant on. */
  | { readonly outcome: 'waiting'; readonly untilMs: number };

/** The members of a draw that reveal its entropy. */
export interface EntropyOwner {
  readonly id: string;
  readonly entropy: DeclaredEntropy;
  readonly sealedSecret?: string;
}

/** Where the randomness of a draw comes from. It is fixed before the pool is, revealed after. */
export interface EntropySource {
  /** Fixes the entropy of a draw planned for `atMs`. */
  prepare(prefecture: string, drawId: string, atMs: number): Promise<PreparedEntropy>;
  /** The entropy that was fixed. Repeating it gives the same. Call it only after the freeze. */
  reveal(prefecture: string, draw: EntropyOwner): Promise<RevealedEntropy>;
}

interface TextVault {
  sealText(text: string, context: string): string;
  openText(sealed: string, context: string): string;
}

/**
 * A secret of 32 random bytes, whose SHA-256 is published when the draw is scheduled. Weaker than
 * a public beacon: the operator can refuse to reveal it, or choose the pool knowing it.
 */
export function operatorEntropy(vault: TextVault): EntropySource {
  return {
    async prepare(prefecture, drawId) {
      const secret = randomBytes(32);
      return {
        entropy: { source: 'operator', commitment: sha256(secret) },
        sealedSecret: vault.sealText(secret.toString('hex'), sealContext(prefecture, drawId)),
      };
    },
    async reveal(prefecture, draw) {
      if (draw.entropy.source !== 'operator' || draw.sealedSecret === undefined) {
        throw new Error(`draw ${draw.id} has no operator secret`);
      }
      const secret = vault.openText(draw.sealedSecret, sealContext(prefecture, draw.id));
      if (sha256(Buffer.from(secret, 'hex')) !== draw.entropy.commitment) {
        throw new Error(`the sealed secret of draw ${draw.id} is not the one committed to`);
      }
      return { outcome: 'revealed', entropy: { secret } };
    },
  };
}

function sealContext(prefecture: string, drawId: string): string {
  return `entropy:${prefecture}:${drawId}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
