import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { isPublishedKey } from './published.ts';

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,16}$/;
/** 32 random bytes have about 30 different values, 24 about 23; fewer than half is not random. */
const fewestDistinct = (bytes: Buffer) => Math.floor(bytes.length / 2);

/** One secret, named so that what it made can be read after a newer key took its place. */
export interface Key {
  readonly id: string;
  /** Prints as an opaque object: a key in a log line shows nothing. */
  readonly secret: KeyObject;
}

/** Secrets of one purpose. The first makes new things, all of them read old ones. */
export interface Keyring {
  readonly current: Key;
  readonly keys: readonly Key[];
  find(id: string): Key | undefined;
}

/**
 * Reads a keyring written `k2:<base64 of 32 bytes>,k1:<base64 of 32 bytes>`, current key first.
 *
 * @throws Error that names the key at fault by its place and shows nothing of it.
 */
export function parseKeyring(text: string): Keyring {
  const keys = split(text).map(({ id, bytes }) => ({ id, secret: createSecretKey(bytes) }));
  const [current] = keys;
  if (current === undefined) throw new Error('a keyring needs at least one key');
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size !== keys.length) throw new Error('two keys of a keyring have the same id');
  return { current, keys, find: (id) => byId.get(id) };
}

/**
 * Says why a keyring must not be used, or `undefined` if nothing speaks against it: malformed, a
 * key that is a readable text (a password, an example of the documentation), too regular to be
 * random, or listed twice. Shows nothing of a key.
 */
export function weakness(text: string): string | undefined {
  try {
    parseKeyring(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const keys = split(text);
  const weak = keys.find(({ bytes }) => isWeakSecret(bytes));
  if (weak !== undefined) {
    return `key ${weak.id} is not random: make one with \`openssl rand -base64 32\``;
  }
  const known = keys.find(({ bytes }) => isPublishedKey(bytes));
  if (known !== undefined) return `key ${known.id} is an example that everybody knows`;
  const distinct = new Set(keys.map(({ bytes }) => bytes.toString('hex')));
  return distinct.size === keys.length ? undefined : 'a keyring holds the same key twice';
}

/**
 * Derives the key of one purpose (HKDF-SHA256), so that what is made for one purpose can never be
 * taken for another, even where an operator gives one keyring to all.
 */
export function purposeKey(key: Key, purpose: string): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', key.secret, '', `tirage/${purpose}`, KEY_BYTES)),
  );
}

/**
 * Whether bytes were not made at random: few different ones, one constant step, or a text that
 * somebody typed. Pure.
 */
export function isWeakSecret(bytes: Buffer): boolean {
  return isRegular(bytes) || isReadable(bytes);
}

function split(text: string): { id: string; bytes: Buffer }[] {
  return text.split(',').map((part, index) => {
    const match = /^\s*([^:\s]+):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(part);
    const [id, encoded] = [match?.[1], match?.[2]];
    if (id === undefined || encoded === undefined || !KEY_ID.test(id)) {
      throw new Error(`key ${index + 1} must be written id:base64`);
    }
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length !== KEY_BYTES) {
      throw new Error(`key ${index + 1} must be ${KEY_BYTES} bytes, it has ${bytes.length}`);
    }
    return { id, bytes };
  });
}

/** Few different bytes (all zeros, a repeated word), or one constant step (0, 1, 2, …). */
function isRegular(bytes: Buffer): boolean {
  if (new Set(bytes).size < fewestDistinct(bytes)) return true;
  const steps = new Set(bytes.subarray(1).map((byte, index) => byte - (bytes[index] ?? 0)));
  return steps.size === 1;
}

/** Only printable ASCII: somebody typed it. By chance this happens to one key in 10^13. */
function isReadable(bytes: Buffer): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}
