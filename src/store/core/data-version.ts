import { DATA_VERSION_KEY, keysOf } from './keys.ts';
import type { Connection } from './redis.ts';

/**
 * Version of what is stored, as this code reads and writes it. Whoever changes the form of stored data
 * adds a migration and one to this number (CONTRIBUTING.md). Data without a version, as 0.1.0 wrote it,
 * has the first.
 */
export const DATA_VERSION = 2;

/** The version of the data of one prefecture, or of all of them. */
export interface StoredVersion {
  /** What it is, or was before the migration under way. */
  readonly version: number;
  /** What the migration under way makes of it. */
  readonly target?: number;
}

/** How the guard of every script refuses (guard-data.lua). */
const REFUSAL = /^DATAVERSION (\S+)/;

/**
 * The stored data is not of the version that this code writes. Nothing was written. Trying again helps
 * only where an older version is being migrated.
 */
export class DataVersionError extends Error {
  readonly stored: StoredVersion;
  /** Whether other code than this is needed. */
  readonly isNewer: boolean;

  constructor(stored: StoredVersion, expected: number, place: string, cause?: Error) {
    super(describe(stored, expected, place), cause && { cause });
    this.name = 'DataVersionError';
    this.stored = stored;
    this.isNewer = (stored.target ?? stored.version) > expected;
  }
}

function describe({ version, target }: StoredVersion, expected: number, place: string): string {
  const is = target === undefined ? `has version ${version}` : `is on its way to ${target}`;
  if ((target ?? version) > expected) {
    return (
      `stored data of ${place} ${is}, this release knows versions up to ${expected}: ` +
      'start the newer release, or restore the backup from before the upgrade'
    );
  }
  return `stored data of ${place} ${is}, this release writes ${expected}: it must be migrated first`;
}

/** Reads a version as stored: `2`, or `1>2 <token>` while a migration is under way. Pure. */
export function parseVersion(text: string | null): StoredVersion {
  if (text === null) return { version: 1 };
  const [, version, target] = /^(\d+)(?:>(\d+) \S+)?$/.exec(text) ?? [];
  if (version === undefined) throw new Error(`not a version of stored data: ${text}`);
  return {
    version: Number(version),
    ...(target === undefined ? {} : { target: Number(target) }),
  };
}

/** The refusal of a script's guard, as an error that says what to do; other errors as they are. */
export function asDataVersionError(error: Error, place: string): Error {
  const [, text] = REFUSAL.exec(error.message) ?? [];
  if (text === undefined) return error;
  const [version, target] = text.split('>').map(Number);
  const stored = { version: version ?? 1, ...(target === undefined ? {} : { target }) };
  return new DataVersionError(stored, DATA_VERSION, place, error);
}

/**
 * Looks whether this code may write what is stored of a prefecture, before something is done that a
 * refused write could not take back. One round trip.
 *
 * @throws DataVersionError
 */
export async function checkDataOf(redis: Connection, prefecture: string): Promise<void> {
  const text = await redis.get(keysOf(prefecture).dataVersion);
  if (text === null) return;
  const stored = parseVersion(text);
  if (stored.version === DATA_VERSION && stored.target === undefined) return;
  throw new DataVersionError(stored, DATA_VERSION, `prefecture ${prefecture}`);
}

/**
 * Looks whether all that is stored is newer than this code.
 *
 * @throws DataVersionError
 */
export async function checkGlobalVersion(
  redis: Connection,
  expected: number = DATA_VERSION,
): Promise<void> {
  const stored = parseVersion(await redis.get(DATA_VERSION_KEY));
  if (stored.version > expected) throw new DataVersionError(stored, expected, 'the service');
}
