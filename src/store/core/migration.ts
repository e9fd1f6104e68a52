import type { Keys } from './keys.ts';
import type { Connection } from './redis.ts';

/** One line for each thing that happens, for the operator. No personal data. */
export type MigrationLog = (fields: Readonly<Record<string, unknown>>, text: string) => void;

/** One step: brings the data of a prefecture from one version to the next. A file each. */
export interface Migration {
  /** The version it begins with; it makes the next. */
  readonly from: number;
  /** What it does, for the log. */
  readonly name: string;
  /**
   * Does it for one prefecture. It is repeated after a crash, on what it had done by then: each write
   * must do no harm the second time. It pages through what is large. No personal data in its errors.
   */
  run(data: MigratedData): Promise<void>;
}

/** A command that writes one key, as write-migrated.lua knows it */
export type WriteCommand =
  | 'SET'
  | 'DEL'
  | 'HSET'
  | 'HDEL'
  | 'RPUSH'
  | 'LSET'
  | 'SADD'
  | 'SREM'
  | 'ZADD'
  | 'ZREM';

/** What a migration is given: nobody else writes this prefecture meanwhile. */
export interface MigratedData {
  readonly prefecture: string;
  readonly keys: Keys;
  /** To read with. What is written with it is not fenced off. */
  readonly redis: Connection;
  /**
   * Writes one key of the prefecture.
   *
   * @throws Error once another process has taken the migration over; nothing was written
   */
  write(command: WriteCommand, key: string, ...args: readonly (string | Buffer)[]): Promise<void>;
}

/** @throws Error unless the steps lead from version 1 to `version`, each to the next */
export function checkMigrations(migrations: readonly Migration[], version: number): void {
  const isWhole = migrations.every(({ from }, index) => from === index + 1);
  if (!isWhole || migrations.length !== version - 1) {
    throw new Error(`migrations must lead from 1 to ${version}, one step after another`);
  }
}
