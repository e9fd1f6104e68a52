import { createHmac, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { minuteMs } from '../../base/units.ts';
import { type Keyring, purposeKey } from '../keys/keyring.ts';
import type { Registry } from './directory.ts';

const MAGIC = 'tirage-registry/1';
const HEADER_BYTES = 64;
const HASH_BYTES = 8;
/** How often a file is looked at, for a newer one in its place. */
const LOOK_EVERY_MS = minuteMs;

interface FileRegistryOptions {
  readonly file: string;
  readonly keyring: Keyring;
  readonly clock: () => number;
  /** A newer file cannot be read: the one before stays in use. */
  readonly onError: (reason: string) => void;
}

interface Loaded {
  readonly hashes: Buffer;
  readonly secret: KeyObject;
  readonly version: string;
}

/**
 * A registry in a file: keyed hashes of 8 bytes, sorted, in one Buffer. A number is found by
 * halving, in about 20 steps of a few million. A newer file in its place is taken up by itself,
 * within a minute of the next question.
 *
 * @throws Error that says what is wrong with the file
 */
export async function openFileRegistry(options: FileRegistryOptions): Promise<Registry> {
  const { clock, onError } = options;
  let loaded = await load(options);
  let lookedAtMs = clock();
  let looking = false;

  const look = async () => {
    looking = true;
    try {
      if ((await versionOf(options.file)) !== loaded.version) loaded = await load(options);
    } catch (error) {
      onError(error instanceof Error ? error.message : 'the registry file cannot be read');
    } finally {
      looking = false;
    }
  };

  return {
    check(number) {
      if (!looking && clock() - lookedAtMs >= LOOK_EVERY_MS) {
        lookedAtMs = clock();
        void look();
      }
      const { hashes, secret } = loaded;
      return Promise.resolve(has(hashes, hashOf(secret, number)) ? 'known' : 'unknown');
    },
  };
}

/** The text of a registry file of some numbers, each ten digits. */
export function encodeRegistry(keyring: Keyring, numbers: Iterable<string>): Buffer {
  const secret = secretOf(keyring.current);
  const hashes: bigint[] = [];
  for (const number of numbers) hashes.push(hashOf(secret, number).readBigUInt64BE());
  const sorted = BigUint64Array.from(hashes).sort();
  const distinct = sorted.filter((hash, index) => hash !== sorted[index - 1]);
  const header = `${MAGIC} ${keyring.current.id} ${distinct.length}`.padEnd(HEADER_BYTES - 1);
  const body = Buffer.alloc(distinct.length * HASH_BYTES);
  distinct.forEach((hash, index) => void body.writeBigUInt64BE(hash, index * HASH_BYTES));
  return Buffer.concat([Buffer.from(`${header}\n`), body]);
}

async function load({ file, keyring }: FileRegistryOptions): Promise<Loaded> {
  const version = await versionOf(file);
  const bytes = await readFile(file);
  const header = bytes.toString('latin1', 0, HEADER_BYTES).trim().split(' ');
  const [magic, id = '', count = ''] = header;
  const hashes = bytes.subarray(HEADER_BYTES);
  if (magic !== MAGIC) throw new Error('the registry file is none: make it with npm run registry');
  const key = keyring.find(id);
  if (!key) throw new Error(`the registry file was made with key ${id}, which is not there`);
  if (hashes.length !== Number(count) * HASH_BYTES) throw new Error('the registry file is torn');
  return { hashes, secret: secretOf(key), version };
}

/** What changes when another file takes the place of one. */
async function versionOf(file: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(file);
  return `${ino}.${mtimeMs}.${size}`;
}

function secretOf(key: Keyring['current']): KeyObject {
  return purposeKey(key, 'registry/v1');
}

/** There are only 10^10 numbers: without a key a hash would hide none of them. */
function hashOf(secret: KeyObject, number: string): Buffer {
  return createHmac('sha256', secret).update(number).digest().subarray(0, HASH_BYTES);
}

function has(hashes: Buffer, wanted: Buffer): boolean {
  let [low, high] = [0, hashes.length / HASH_BYTES];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = middle * HASH_BYTES;
    const order = hashes.compare(wanted, 0, HASH_BYTES, at, at + HASH_BYTES);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
