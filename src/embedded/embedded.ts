import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createMailSink } from '../notifications/channels/sink.ts';
import { closeAll } from '../shutdown.ts';
import { startEmbeddedRedis } from './redis.ts';

export interface Embedded {
  /** What the environment would say if Redis and SMTP stood elsewhere. */
  readonly env: NodeJS.ProcessEnv;
  readonly mailDirectory: string;
  stop(): Promise<void>;
}

/**
 * Starts all that the service needs besides itself: a Redis of its own with its data in `directory`,
 * a mail server that only writes .eml files there, and keys made on the first start. `onMessage`
 * is called with the path of each .eml file.
 */
export async function startEmbedded(
  directory: string,
  onMessage?: (file: string) => void,
): Promise<Embedded> {
  const root = resolve(directory);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const keys = readKeys(join(root, 'keys.json'));
  const redis = await startEmbeddedRedis({ directory: join(root, 'redis') });
  const mailDirectory = join(root, 'mail');
  const mail = await createMailSink({
    directory: mailDirectory,
    ...(onMessage === undefined ? {} : { onMessage }),
  }).catch(async (error: unknown) => {
    await redis.stop();
    throw error;
  });
  return {
    // It runs without a network, so it asks no relay unless it is told to.
    env: { ENTROPY_SOURCE: 'operator', REDIS_URL: redis.url, SMTP_URL: mail.url, ...keys },
    mailDirectory,
    stop: async () => {
      const failures = await closeAll([() => redis.stop(), () => mail.close()]);
      if (failures.length > 0) throw new AggregateError(failures, 'embedded services did not stop');
    },
  };
}

const KEY_NAMES = [
  'TIRAGE_SEALING_KEYS',
  'TIRAGE_IDENTITY_KEYS',
  'TIRAGE_TOKEN_KEYS',
  'TIRAGE_SIGNING_KEYS',
] as const;

/**
 * The keys of this data folder, readable by its owner only. A key that is not there yet, on the
 * first start or because a newer version needs it, is made.
 */
function readKeys(file: string): Record<string, string> {
  const known = readKnownKeys(file);
  const missing = KEY_NAMES.filter((name) => known[name] === undefined);
  if (missing.length === 0) return known;
  const newKey = () => `k1:${randomBytes(32).toString('base64')}`;
  const keys = { ...known, ...Object.fromEntries(missing.map((name) => [name, newKey()])) };
  // Whole or not at all: half a file would lose the keys that were there.
  writeFileSync(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}

function readKnownKeys(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
