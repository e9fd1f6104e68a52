import { compactVerify, createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { readText } from './read-lines.ts';
import { Refusal, reasonOf } from './refusal.ts';

/** Public Ed25519 keys of a service (RFC 8037). Keys of other kinds may stand beside them. */
const KeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(1000),
});
const Ed25519Key = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string(),
  x: z.base64url().length(43),
});

export interface SigningKey {
  readonly keyId: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface Keys {
  readonly jwks: JSONWebKeySet;
  readonly ed25519: readonly SigningKey[];
}

/** Reads a JWKS from a file or an address. @throws Refusal */
export async function readKeys(name: string): Promise<Keys> {
  const parsed = KeySet.safeParse(parseJson(await readSmall(name), name));
  if (!parsed.success) throw new Refusal(2, `${name}: is not a JWKS`);
  const keys = parsed.data.keys.flatMap((key) => {
    const known = Ed25519Key.safeParse(key);
    return known.success ? [known.data] : [];
  });
  if (keys.length === 0) throw new Refusal(2, `${name}: holds no Ed25519 key`);
  return {
    jwks: { keys },
    ed25519: keys.map(({ kid, x }) => ({ keyId: kid, publicKey: Buffer.from(x, 'base64url') })),
  };
}

/** A text file that is short, whatever goes wrong in one line. @throws Refusal */
export async function readSmall(name: string): Promise<string> {
  try {
    return await readText(name);
  } catch (error) {
    throw new Refusal(2, `cannot read ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The claims of a compact JWS of this type. The signature is checked if there are keys.
 *
 * @throws Refusal 1 if the signature is not that of one of the keys; 2 if it is no such JWS.
 */
export async function readSigned<T>(
  name: string,
  typ: string,
  schema: z.ZodType<T>,
  keys: Keys | undefined,
): Promise<T> {
  const jws = (await readSmall(name)).trim();
  if (typeOf(jws) !== typ) throw new Refusal(2, `${name}: is not a JWS of type ${typ}`);
  if (keys) await checkSignature(name, jws, keys);
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = schema.safeParse(parseJson(payload, name));
  if (claims.success) return claims.data;
  const [issue] = claims.error.issues;
  throw new Refusal(2, `${name}: ${issue?.path.join('.') || 'claims'}: ${issue?.message}`);
}

function typeOf(jws: string): unknown {
  try {
    return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws) ? decodeProtectedHeader(jws).typ : undefined;
  } catch {
    return undefined;
  }
}

async function checkSignature(name: string, jws: string, { jwks }: Keys): Promise<void> {
  try {
    await compactVerify(jws, createLocalJWKSet(jwks), { algorithms: ['EdDSA'] });
  } catch (error) {
    throw new Refusal(1, `${name}: is not signed by a key of this JWKS`, { cause: error });
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(2, `${name}: is not JSON`, { cause: error });
  }
}
