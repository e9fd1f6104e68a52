import { setTimeout } from 'node:timers/promises';
import {
  checkGlobalVersion,
  DATA_VERSION,
  DataVersionError,
  parseVersion,
  type StoredVersion,
} from './data-version.ts';
import { DATA_VERSION_KEY, keysOf, PREFECTURES_KEY } from './keys.ts';
import { migrateAll } from './migrate.ts';
import { checkMigrations, type Migration, type MigrationLog } from './migration.ts';
import { LOCK_MS, takeLock } from './migration-lock.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Connection } from './redis.ts';

export interface OpenDataOptions {
  readonly log: MigrationLog;
  readonly version?: number;
  readonly migrations?: readonly Migration[];
  readonly lockMs?: number;
  /** Between two looks while another process migrates, and how many there are. */
  readonly waitMs?: number;
  readonly mostWaits?: number;
}

/** Of everything that is stored. */
interface Stored {
  /** Whether the key of all data is there: it is not in an empty store, nor in one of 0.1.0. */
  readonly isStamped: boolean;
  readonly version: number;
  readonly prefectures: ReadonlyMap<string, StoredVersion>;
}

/**
 * Makes stored data ready for this code, before anything else looks at it: data of an older version is
 * migrated, step by step, by one process at a time while others wait; an empty store is given the
 * version. Safe to repeat, and to break off.
 *
 * @throws DataVersionError if the data is newer than this code; nothing was written
 * @throws Error if another process has been migrating for longer than is waited
 */
export async function openData(redis: Connection, options: OpenDataOptions): Promise<void> {
  const { log, version = DATA_VERSION, migrations = MIGRATIONS, lockMs = LOCK_MS } = options;
  const { waitMs = 500, mostWaits = 1200 } = options;
  checkMigrations(migrations, version);
  for (let waits = 0; waits < mostWaits; waits += 1) {
    const stored = await readStored(redis);
    refuseNewer(stored, version);
    if (isCurrent(stored, version)) return;
    const lock = await takeLock(redis, lockMs);
    if (lock) {
      try {
        const { token } = lock;
        await migrateAll({ redis, log, token, migrations, version });
      } finally {
        await lock.release();
      }
    } else {
      if (waits === 0) log({ version }, 'another process migrates the stored data: waiting');
      await setTimeout(waitMs);
    }
  }
  throw new Error('another process does not end migrating the stored data: start again later');
}

/**
 * Refuses stored data that is newer than this code, for commands that open no data. Reads only.
 *
 * @throws DataVersionError
 */
export async function refuseNewerData(redis: Connection): Promise<void> {
  refuseNewer(await readStored(redis), DATA_VERSION);
}

/**
 * Calls `onNewer` once when the stored data becomes newer than this code, which then must end. Scripts
 * refuse to write by then; this ends also reading, and what is sent. Returns what stops looking.
 */
export function watchData(
  redis: Connection,
  onNewer: (error: DataVersionError) => void,
  everyMs = 2000,
): () => Promise<void> {
  const timer = setInterval(() => {
    checkGlobalVersion(redis).catch((error: unknown) => {
      // An outage is told by whoever needs Redis.
      if (!(error instanceof DataVersionError)) return;
      clearInterval(timer);
      onNewer(error);
    });
  }, everyMs);
  return async () => clearInterval(timer);
}

async function readStored(redis: Connection): Promise<Stored> {
  const global = await redis.get(DATA_VERSION_KEY);
  const ids = (await redis.smembers(PREFECTURES_KEY)).sort();
  const prefectures = new Map<string, StoredVersion>();
  for (const id of ids) prefectures.set(id, parseVersion(await redis.get(keysOf(id).dataVersion)));
  return { isStamped: global !== null, version: parseVersion(global).version, prefectures };
}

function refuseNewer({ version: stored, prefectures }: Stored, version: number): void {
  if (stored > version) throw new DataVersionError({ version: stored }, version, 'the service');
  for (const [id, one] of prefectures) {
    if ((one.target ?? one.version) <= version) continue;
    throw new DataVersionError(one, version, `prefecture ${id}`);
  }
}

function isCurrent({ isStamped, version: stored, prefectures }: Stored, version: number): boolean {
  const all = [...prefectures.values()];
  const are = all.every((one) => one.version === version && one.target === undefined);
  return isStamped && stored === version && are;
}
