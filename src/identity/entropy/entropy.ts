import { createHash, randomBytes } from 'node:crypto';
import type { EntropySource as Declared, Entropy, PlannedEntropy } from '../../allocator/types.ts';

/** What is fixed, and made public, when a draw is scheduled. */
export interface PreparedEntropy {
  readonly entropy: PlannedEntropy;
  /** The operator's secret, sealed. Absent where nobody knows the randomness yet. */
  readonly sealedSecret?: string;
}

/** What the manifest is tied to. */
export interface DeclaredEntropy {
  readonly entropy: Declared;
  /** The manifest must be public within this time, or be tied anew. Absent: it keeps. */
  readonly withinMs?: number;
}

export type RevealedEntropy =
  | { readonly outcome: 'revealed'; readonly entropy: Entropy }
  /** Not known yet: ask again from this instant on. `lateMs`: since when it ought to be known. */
  | { readonly outcome: 'waiting'; readonly untilMs: number; readonly lateMs?: number };

/** The members of a draw that reveal its entropy. */
export interface EntropyOwner {
  readonly id: string;
  readonly entropy: PlannedEntropy;
  readonly sealedSecret?: string;
  /** From the freeze on. The manifest that was published decides. */
  readonly manifest?: { readonly entropy: Declared };
}

/** Where the randomness of a draw comes from. It is fixed before anybody can know it. */
export interface EntropySource {
  /** What is public of it from the moment the draw is planned. */
  prepare(prefecture: string, drawId: string): Promise<PreparedEntropy>;
  /** What a manifest that is about to be published is tied to. */
  declare(draw: Pick<EntropyOwner, 'id' | 'entropy'>, nowMs: number): DeclaredEntropy;
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
        sealedSecret: vault.sealText(secret.toString('hex'), entropyContext(prefecture, drawId)),
      };
    },
    declare({ id, entropy }) {
      if (entropy.source !== 'operator') throw new Error(`draw ${id} has no operator secret`);
      return { entropy };
    },
    async reveal(prefecture, draw) {
      if (draw.entropy.source !== 'operator' || draw.sealedSecret === undefined) {
        throw new Error(`draw ${draw.id} has no operator secret`);
      }
      const secret = vault.openText(draw.sealedSecret, entropyContext(prefecture, draw.id));
      if (sha256(Buffer.from(secret, 'hex')) !== draw.entropy.commitment) {
        throw new Error(`the sealed secret of draw ${draw.id} is not the one committed to`);
      }
      return { outcome: 'revealed', entropy: { secret } };
    },
  };
}

/**
 * All sources: new draws take the `chosen` one, a draw that is planned keeps its own, also when
 * another one is chosen meanwhile.
 */
export function entropySources(
  sources: Readonly<Record<PlannedEntropy['source'], EntropySource>>,
  chosen: PlannedEntropy['source'],
): EntropySource {
  return {
    prepare: (...of) => sources[chosen].prepare(...of),
    declare: (draw, nowMs) => sources[draw.entropy.source].declare(draw, nowMs),
    reveal: (prefecture, draw) => sources[draw.entropy.source].reveal(prefecture, draw),
  };
}

/** What the operator's secret of a draw is bound to: the `context` of the vault. Pure. */
export function entropyContext(prefecture: string, drawId: string): string {
  return `entropy:${prefecture}:${drawId}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
