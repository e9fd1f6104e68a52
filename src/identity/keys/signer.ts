import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { compactVerify, errors } from 'jose';
import { DomainError } from '../../base/errors.ts';
import { jcs } from '../../base/jcs.ts';
import { type Key, type Keyring, purposeKey } from './keyring.ts';

/** A public key that anyone may check our signatures with. */
export interface SigningKey {
  readonly keyId: string;
  /** The 32 bytes of the Ed25519 public key (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** One key of a JSON Web Key Set (RFC 7517, RFC 8037). */
export interface Jwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly kid: string;
  readonly x: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** Signs what people take away with them, and the heads of the register. */
export interface Signer {
  /** The key that signs now. */
  readonly current: SigningKey;
  /** Every key of the ring, the current one first. */
  readonly keys: readonly SigningKey[];
  /** Ed25519 over the bytes as they stand: 64 bytes, by the current key. */
  sign(bytes: Uint8Array): Uint8Array;
  /**
   * A compact JWS (RFC 7515) whose payload is the JCS text of the claims. The same claims give the
   * same JWS. Takes about 25 µs: it runs for every join.
   */
  signJws(typ: string, claims: object): string;
}

/** A JWS longer than this is refused unread. */
const LONGEST_JWS = 65_536;
const algorithm = 'EdDSA';

/** Signs with the first key of the ring; the others only go on being published. */
export function createSigner(keyring: Keyring): Signer {
  const privateKey = privateKeyOf(keyring.current);
  const keys = keyring.keys.map(signingKeyOf);
  const { id: kid } = keyring.current;
  return {
    current: signingKeyOf(keyring.current),
    keys,
    sign: (bytes) => sign(null, bytes, privateKey),
    // jose signs in a thread of its own, which costs half as much again; the form is simple.
    signJws: (typ, claims) => {
      const signed = `${base64url(jcs({ alg: algorithm, kid, typ }))}.${base64url(jcs(claims))}`;
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}

/** The keys as a JSON Web Key Set, for everyone. Pure. */
export function jwksOf(keys: readonly SigningKey[]): { keys: Jwk[] } {
  return {
    keys: keys.map(({ keyId, publicKey }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      kid: keyId,
      x: Buffer.from(publicKey).toString('base64url'),
      alg: algorithm,
      use: 'sig',
    })),
  };
}

/**
 * The claims of a compact JWS that one of the keys signed as this type of document.
 *
 * @throws DomainError `signature_invalid` for anything else, a changed byte included.
 */
export async function verifyJws(
  typ: string,
  jws: string,
  keys: readonly SigningKey[],
): Promise<{ keyId: string; claims: unknown }> {
  if (jws.length > LONGEST_JWS) throw refusal();
  const publicKeys = new Map(keys.map((key) => [key.keyId, key.publicKey]));
  try {
    let keyId = '';
    const { payload } = await compactVerify(
      jws,
      (header) => {
        const key = publicKeys.get(header.kid ?? '');
        if (header.typ !== typ || header.kid === undefined || key === undefined) throw refusal();
        keyId = header.kid;
        return publicKeyOf(key);
      },
      { algorithms: [algorithm] },
    );
    if (!isCanonical(jws)) throw refusal();
    return { keyId, claims: JSON.parse(new TextDecoder().decode(payload)) };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) throw refusal();
    throw error;
  }
}

function refusal(): DomainError {
  return new DomainError('signature_invalid', 'is not a document that these keys signed');
}

/** Base64url has spare bits at the end of some texts: only one spelling of the bytes is taken. */
function isCanonical(jws: string): boolean {
  return jws
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function signingKeyOf(key: Key): SigningKey {
  const { x = '' } = createPublicKey(privateKeyOf(key)).export({ format: 'jwk' });
  return { keyId: key.id, publicKey: Buffer.from(x, 'base64url') };
}

/** PKCS #8 (RFC 8410 §7): a fixed head, then the seed of 32 bytes. */
function privateKeyOf(key: Key): KeyObject {
  const seed = purposeKey(key, 'signatures').export();
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
