import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesOfHex } from '../../base/hex.ts';
import type { Sha256 } from '../../base/sha256.ts';
import type { Hex256 } from '../../base/types.ts';

/** The drand network that draws are tied to. Pinned: a record cannot bring its own key. */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesisSeconds: 1_692_803_367,
  periodSeconds: 3,
  /** RFC 9380 domain separation tag of the scheme `bls-unchained-g1-rfc9380`. */
  tag: 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_',
} as const;

/** The round that is current at an instant (seconds since 1970, not before genesis). Pure. */
export function drandRoundAt(seconds: number): number {
  return Math.floor((seconds - QUICKNET.genesisSeconds) / QUICKNET.periodSeconds) + 1;
}

/** The instant (seconds since 1970) at which a round becomes known. Pure. */
export function drandTimeOf(round: number): number {
  return QUICKNET.genesisSeconds + QUICKNET.periodSeconds * (round - 1);
}

/**
 * Whether quicknet signed this round and its randomness is the SHA-256 of that signature. Pure.
 * Hex that is malformed, or a point that is not on the curve, is answered with false, not thrown.
 */
export function verifyDrandRound(
  round: number,
  signature: string,
  randomness: Hex256,
  sha256: Sha256,
): boolean {
  if (!Number.isSafeInteger(round) || round < 1) return false;
  if (!/^[0-9a-f]{96}$/.test(signature) || !/^[0-9a-f]{64}$/.test(randomness)) return false;
  if (sha256.hex(bytesOfHex(signature)) !== randomness) return false;
  return isSignatureOf(sha256.bytes(bigEndian64(round)), signature);
}

function isSignatureOf(message: Uint8Array, signature: string): boolean {
  const { shortSignatures } = bls12_381;
  const hashed = shortSignatures.hash(message, QUICKNET.tag);
  try {
    const point = shortSignatures.Signature.fromHex(signature);
    return shortSignatures.verify(point, hashed, bytesOfHex(QUICKNET.publicKey));
  } catch {
    // 96 hex digits that are no point of the group.
    return false;
  }
}

function bigEndian64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
