import { createPublicKey, verify } from 'node:crypto';
import { DomainError } from '../../src/base/errors.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { type Checkpoint, noteKeyId, parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import { Refusal } from './refusal.ts';
import { type Keys, readSmall } from './signed.ts';

/** A checkpoint of the public register, and where it came from. */
export interface Head extends Checkpoint {
  readonly name: string;
  /** The key that signed it, or that nobody looked. */
  readonly signedBy: string;
}

/**
 * Reads a signed head of the register from a file or an address.
 *
 * @throws Refusal 2 if it is malformed; 1 if keys are given and none of them signed it.
 */
export async function readHead(name: string, keys: Keys | undefined): Promise<Head> {
  const checkpoint = parse(name, await readSmall(name));
  if (!keys) return { ...checkpoint, name, signedBy: 'signature not checked (no --keys)' };
  const keyId = signerOf(checkpoint, keys);
  if (keyId === undefined) throw new Refusal(1, `${name}: is not signed by a key of this JWKS`);
  return { ...checkpoint, name, signedBy: `signed by key ${keyId}` };
}

function parse(name: string, text: string): Checkpoint {
  try {
    return parseCheckpoint(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new Refusal(2, `${name}: ${error.message}`, { cause: error });
  }
}

/** Signatures of others, witnesses say, are left alone. */
function signerOf({ origin, body, signatures }: Checkpoint, keys: Keys): string | undefined {
  const own = signatures.filter(({ name }) => name === origin);
  return keys.ed25519.find(({ publicKey }) => {
    const id = noteKeyId({ name: origin, publicKey }, nodeSha256);
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return own.some(
      ({ keyId, signature }) => keyId === id && verify(null, Buffer.from(body), key, signature),
    );
  })?.keyId;
}

/**
 * Refuses two heads that cannot both be of one history, with the proof in one line.
 *
 * @param rootAt the root of the first so many entries of the register, if there is one.
 * @throws Refusal 1 if they contradict each other, 2 if they are of two registers.
 */
export function checkHeads(
  heads: readonly Head[],
  rootAt: ((size: number) => string | undefined) | undefined,
): void {
  const [first, second] = heads;
  if (first && second) {
    if (first.origin !== second.origin) {
      throw new Refusal(2, `${first.name} and ${second.name} are heads of different registers`);
    }
    if (first.size === second.size && first.root !== second.root) {
      const given = rootAt?.(first.size);
      throw new Refusal(
        1,
        `PROOF of two histories: ${first.name} and ${second.name} are heads of ${first.origin} with ` +
          `${first.size} entries each, but roots ${first.root} and ${second.root}` +
          (given === undefined ? '' : `; the register gives ${given}`),
      );
    }
  }
  if (!rootAt) return;
  for (const { name, size, root, origin } of heads) {
    const given = rootAt(size);
    if (given === undefined) {
      throw new Refusal(1, `${name}: is of ${size} entries, the register has fewer`);
    }
    if (given !== root) {
      throw new Refusal(
        1,
        `${name}: ${origin} signed root ${root} for ${size} entries; these entries give ${given}`,
      );
    }
  }
}
