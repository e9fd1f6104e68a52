import { bytesOfHex } from '../base/hex.ts';
import { malformed } from '../base/parse-values.ts';
import type { Sha256 } from '../base/sha256.ts';
import type { Hex256 } from '../base/types.ts';

/** The head of a Merkle log: so many leaves have this root. */
export interface TreeHead {
  /** Names the log for ever. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hex256;
}

/** One signature of a note. Who knows no key of this name and id ignores it. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits, from the name and the key. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A public Ed25519 key and the name it signs notes under. */
export interface NoteKey {
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A checkpoint as read. No signature is checked yet. */
export interface Checkpoint extends TreeHead {
  /** What is signed, with its last line feed. */
  readonly body: string;
  readonly signatures: readonly NoteSignature[];
}

/** Longer texts are no checkpoint of ours, nor of the logs we know. */
const LONGEST_TEXT = 65_536;
/** Ed25519, the type byte of signed notes. */
const ED25519 = 1;

const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;
const KEY_TEXT = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u;

/** The name of a prefecture's register, which is also what its heads are signed under. Pure. */
export function originOf(registerOrigin: string, prefecture: string): string {
  return `${registerOrigin}/${prefecture}`;
}

/**
 * The text that a log signs for a head: origin, size and root in base64, a line each
 * (c2sp.org/tlog-checkpoint). Pure.
 */
export function checkpointBody({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${toBase64(bytesOfHex(root))}\n`;
}

/** A signed note (c2sp.org/signed-note): a body that ends in a line feed, and its signatures. Pure. */
export function noteText(body: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    const bytes = new Uint8Array([...bytesOfHex(keyId), ...signature]);
    return `— ${name} ${toBase64(bytes)}\n`;
  });
  return `${body}\n${lines.join('')}`;
}

/**
 * Reads a checkpoint: a signed note whose body is origin, size, root, and any extension lines.
 * Checks no signature. Pure.
 *
 * @throws DomainError `input_malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (text.length > LONGEST_TEXT) malformed('must be at most 64 KiB', 'checkpoint');
  if (/[^\n\P{Cc}]/u.test(text)) malformed('must hold no control characters', 'checkpoint');
  const gap = text.lastIndexOf('\n\n');
  if (gap === -1 || !text.endsWith('\n')) {
    malformed('must be a text, an empty line and signatures', 'checkpoint');
  }
  const body = text.slice(0, gap + 1);
  const lines = text
    .slice(gap + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0) malformed('must be signed', 'checkpoint');
  return { ...parseBody(body), body, signatures: lines.map(parseSignature) };
}

function parseBody(body: string): TreeHead {
  const [origin = '', size = '', root = '', ...extensions] = body.slice(0, -1).split('\n');
  if (origin === '') malformed('must begin with its origin', 'checkpoint');
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) {
    malformed('must have a whole number of leaves in its second line', 'checkpoint');
  }
  const bytes = fromBase64(root);
  if (bytes?.length !== 32)
    malformed('must have 32 bytes in base64 in its third line', 'checkpoint');
  if (extensions.includes('')) malformed('must have no empty lines', 'checkpoint');
  return { origin, size: Number(size), root: hexOf(bytes) };
}

function parseSignature(line: string): NoteSignature {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length < 5) {
    return malformed('must end in lines of the form “— name signature”', 'checkpoint');
  }
  return { name, keyId: hexOf(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/**
 * The id of an Ed25519 key under a name: the first four bytes of
 * SHA-256(name || 0x0A || 0x01 || key), as hex. Pure.
 */
export function noteKeyId({ name, publicKey }: NoteKey, sha256: Sha256): string {
  const named = new TextEncoder().encode(`${name}\n`);
  return sha256.hex(new Uint8Array([...named, ED25519, ...publicKey])).slice(0, 8);
}

/** A key as verifiers of signed notes take it: `name+id+base64(0x01 || key)`. Pure. */
export function noteKeyText(key: NoteKey, sha256: Sha256): string {
  const encoded = toBase64(new Uint8Array([ED25519, ...key.publicKey]));
  return `${key.name}+${noteKeyId(key, sha256)}+${encoded}`;
}

/**
 * Reads what `noteKeyText` writes. Pure.
 *
 * @throws DomainError `input_malformed`, also where the id is not that of the key.
 */
export function parseNoteKey(text: string, sha256: Sha256): NoteKey {
  const [, name = '', keyId, encoded = ''] = KEY_TEXT.exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== ED25519) {
    malformed('must be name+id+key, of an Ed25519 key', 'key');
  }
  const key = { name, publicKey: bytes.subarray(1) };
  if (noteKeyId(key, sha256) !== keyId) malformed('must have the id of its key', 'key');
  return key;
}

/** Base64 of RFC 4648 §4, in Node and in browsers alike. */
function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Undefined unless the text is the one base64 of some bytes. */
function fromBase64(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
