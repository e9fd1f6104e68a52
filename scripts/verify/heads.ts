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
  /** Id of that key, where somebody looked. */
  readonly keyId: string | undefined;
}

/**
 * Reads a signed head of the register from a file or an address.
 *
 * @throws Refusal 2 if it is malformed; 1 if keys are given and none of them signed it.
 */
export async function readHead(name: string, keys: Keys | undefined): Promise<Head> {
  const checkpoint = parse(name, await readSmall(name));
  const unsigned = { keyId: undefined, signedBy: 'signature not checked (no --keys)' };
  if (!keys) return { ...checkpoint, name, ...unsigned };
  const keyId = signerOf(checkpoint, keys);
  if (keyId === undefined) throw new Refusal(1, `${name}: is not signed by a key of this JWKS`);
  return { ...checkpoint, name, keyId, signedBy: `signed by key ${keyId}` };
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

/** What an origin ends with. Pure. */
function prefectureOf(origin: string): string {
  return origin.slice(origin.lastIndexOf('/') + 1);
}

/**
 * Two names of one register are how to show one reader another history: heads of different names are
 * never compared. So whoever signs both for the same prefecture is called out.
 */
function twoNames(first: Head, second: Head): Refusal {
  const both = `${first.name} and ${second.name}`;
  const isOne =
    first.keyId !== undefined &&
    first.keyId === second.keyId &&
    prefectureOf(first.origin) === prefectureOf(second.origin);
  if (!isOne) return new Refusal(2, `${both} are heads of different registers`);
  return new Refusal(
    1,
    `PROOF of two names: key ${first.keyId} signed ${both} for one prefecture, as ${first.origin} and as ` +
      `${second.origin}; a register keeps its name for ever`,
  );
}

/**
 * Holds the names of heads against what they must be of.
 *
 * @param origin the name that the reader knows, if any
 * @param prefecture that of the record, if there is one
 * @throws Refusal 1
 */
export function checkOrigins(
  heads: readonly Head[],
  { origin, prefecture }: { origin: string | undefined; prefecture: string | undefined },
): void {
  for (const head of heads) {
    if (origin !== undefined && head.origin !== origin) {
      throw new Refusal(
        1,
        `${head.name}: is a head of ${head.origin}, not of ${origin}: a register keeps its name for ever`,
      );
    }
    if (prefecture !== undefined && prefectureOf(head.origin) !== prefecture) {
      throw new Refusal(
        1,
        `${head.name}: is a head of ${head.origin}; the record is of prefecture ${prefecture}`,
      );
    }
  }
}

/**
 * Refuses two heads that nothing compares: of two sizes, without the entries of the register and
 * without a proof that one continues the other. They may be of two histories.
 *
 * @throws Refusal 2
 */
export function checkCompared(
  [first, second]: readonly Head[],
  { isRegisterRead, isShownBy }: { isRegisterRead: boolean; isShownBy: ShowsConsistency },
): void {
  if (!first || !second || first.size === second.size || isRegisterRead) return;
  const [older, newer] = first.size < second.size ? [first, second] : [second, first];
  // Whatever there is continues nothing.
  if (older.size === 0 || isShownBy(older, newer)) return;
  throw new Refusal(
    2,
    `${older.name} and ${newer.name} are heads of ${older.size} and ${newer.size} entries, which nothing ` +
      'compares: add the answer of register/consistency?' +
      `first=${older.size}&second=${newer.size} by --proof, or the entries by --register`,
  );
}

type ShowsConsistency = (older: Head, newer: Head) => boolean;

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
    if (first.origin !== second.origin) throw twoNames(first, second);
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
