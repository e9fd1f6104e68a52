import { z } from 'zod';
import { parseVersion } from './data-version.ts';
import { DATA_VERSION_KEY, keysOf, PREFECTURES_KEY } from './keys.ts';
import type { MigratedData, Migration, MigrationLog } from './migration.ts';
import type { Connection } from './redis.ts';
import { Script, WriteWord } from './script.ts';

const unguarded = { isGuarded: false };
const beginMigration = new Script(
  'core/begin-migration.lua',
  { keys: ['dataVersion'], args: ['from fence'] },
  WriteWord,
  unguarded,
);
const endMigration = new Script(
  'core/end-migration.lua',
  { keys: ['dataVersion'], args: ['fence version'] },
  WriteWord,
  unguarded,
);
const writeMigrated = new Script(
  'core/write-migrated.lua',
  { keys: ['dataVersion key'], args: ['fence command values[]'] },
  WriteWord,
  unguarded,
);
const raiseVersion = new Script(
  'core/raise-version.lua',
  { keys: ['dataVersion'], args: ['version'] },
  z.literal('done'),
  unguarded,
);

const allData = { dataVersion: DATA_VERSION_KEY };

export interface MigrationWork {
  readonly log: MigrationLog;
  readonly redis: Connection;
  /** Of this process and attempt: fences others off. */
  readonly token: string;
  readonly migrations: readonly Migration[];
  /** The data shall have it. */
  readonly version: number;
}

/**
 * Brings all data to a version: each step for every prefecture before the next step begins. What was
 * done before is not done again; what was broken off is.
 */
export async function migrateAll(work: MigrationWork): Promise<void> {
  const { redis, migrations, version } = work;
  for (const migration of migrations) {
    for (const prefecture of await prefecturesOf(redis)) {
      await migrateOne(work, migration, prefecture);
    }
    // Only now: whoever sees it knows that no prefecture is older, but for one made meanwhile.
    await raiseVersion.run(redis, allData, { version: migration.from + 1 });
  }
  for (const prefecture of await prefecturesOf(redis)) {
    // Without any step its data has the first version, and says so from now on.
    await redis.set(keysOf(prefecture).dataVersion, '1', 'NX');
  }
  await raiseVersion.run(redis, allData, { version });
}

async function prefecturesOf(redis: Connection): Promise<string[]> {
  return (await redis.smembers(PREFECTURES_KEY)).sort();
}

async function migrateOne(work: MigrationWork, migration: Migration, id: string): Promise<void> {
  const { redis, log, token } = work;
  const keys = keysOf(id);
  const { from, name } = migration;
  const stored = parseVersion(await redis.get(keys.dataVersion));
  if (stored.version !== from) return;
  const place = { dataVersion: keys.dataVersion };
  const fence = `${from}>${from + 1} ${token}`;
  const begun = await beginMigration.run(redis, place, { from, fence });
  if (begun === 'conflict') return;
  log({ prefecture: id, from, to: from + 1, migration: name }, 'migration of stored data begins');
  await migration.run(migratedData(redis, id, fence));
  const ended = await endMigration.run(redis, place, { fence, version: from + 1 });
  if (ended === 'conflict') throw takenOver(id);
  log({ prefecture: id, from, to: from + 1, migration: name }, 'migration of stored data ends');
}

function migratedData(redis: Connection, prefecture: string, fence: string): MigratedData {
  const keys = keysOf(prefecture);
  return {
    prefecture,
    keys,
    redis,
    write: async (command, key, ...args) => {
      const place = { dataVersion: keys.dataVersion, key };
      const word = await writeMigrated.run(redis, place, { fence, command, values: args });
      if (word === 'conflict') throw takenOver(prefecture);
    },
  };
}

function takenOver(prefecture: string): Error {
  return new Error(`another process has taken over the migration of prefecture ${prefecture}`);
}
