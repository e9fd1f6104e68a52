import { decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { type SigningKey, verifyJws } from '../../src/identity/keys/signer.ts';
import { jwsOf } from '../../src/papers/check-paper.ts';
import { isPdf, readSealed, SEAL_TYPE, Seal } from '../../src/papers/seal.ts';
import { readSmallFile, readText } from './read-lines.ts';
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

export interface Keys {
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
    ed25519: keys.map(({ kid, x }) => ({ keyId: kid, publicKey: Buffer.from(x, 'base64url') })),
  };
}

/** A text file that is short, whatever goes wrong in one line. @throws Refusal */
export function readSmall(name: string): Promise<string> {
  return readable(name, readText(name));
}

function readSmallBytes(name: string): Promise<Buffer> {
  return readable(name, readSmallFile(name));
}

async function readable<T>(name: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new Refusal(2, `cannot read ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The claims of a signed document: a compact JWS of this type, the address around one that a QR code
 * holds, or a sealed PDF. Signatures are checked if there are keys, and every byte of a PDF.
 *
 * @throws Refusal 1 if it was changed, or not signed by one of the keys; 2 if it is no such document.
 */
export async function readSigned<T>(
  name: string,
  typ: string,
  schema: z.ZodType<T>,
  keys: Keys | undefined,
): Promise<T> {
  const bytes = await readSmallBytes(name);
  const jws = isPdf(bytes) ? await openPdf(name, bytes, keys) : jwsOf(bytes.toString('latin1'));
  return checkSigned(name, jws, typ, schema, keys);
}

/** The same for a JWS that stands in `name` among other things. @throws Refusal */
export async function checkSigned<T>(
  name: string,
  jws: string,
  typ: string,
  schema: z.ZodType<T>,
  keys: Keys | undefined,
): Promise<T> {
  if (typeOf(jws) !== typ) throw new Refusal(2, `${name}: is not a JWS of type ${typ}`);
  if (keys) await openJws(name, typ, jws, keys);
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = schema.safeParse(parseJson(payload, name));
  if (claims.success) return claims.data;
  const [issue] = claims.error.issues;
  throw new Refusal(2, `${name}: ${issue?.path.join('.') || 'claims'}: ${issue?.message}`);
}

/** The JWS in a PDF, whose seal must fit if there are keys. */
async function openPdf(name: string, pdf: Buffer, keys: Keys | undefined): Promise<string> {
  const sealed = readSealed(pdf);
  if (!sealed)
    throw new Refusal(2, `${name}: is a PDF without a seal: made or saved by another program`);
  if (keys) {
    const seal = Seal.safeParse(await openJws(name, SEAL_TYPE, sealed.seal, keys));
    if (seal.data?.sha256 !== sealed.sha256) {
      throw new Refusal(1, `${name}: was changed after it was sealed`);
    }
  }
  return sealed.document;
}

function typeOf(jws: string): unknown {
  try {
    return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws) ? decodeProtectedHeader(jws).typ : undefined;
  } catch {
    return undefined;
  }
}

async function openJws(
  name: string,
  typ: string,
  jws: string,
  { ed25519 }: Keys,
): Promise<unknown> {
  try {
    return (await verifyJws(typ, jws, ed25519)).claims;
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
