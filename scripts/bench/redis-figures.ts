import { z } from 'zod';
import type { Connection } from '../../src/store/core/redis.ts';
import { median } from './median.ts';

const SlowEntry = z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]).rest(z.any());

export interface SlowCommand {
  readonly ms: number;
  /** The command and its key, or the first words of a script. */
  readonly command: string;
}

/** The slowest commands of each kind: a busy machine shows in the slowest, not in the middle. */
export interface SlowKind {
  readonly command: string;
  readonly slowestMs: number;
  readonly medianMs: number;
  readonly count: number;
}

/** By kind, that of the slowest command first. Pure. */
export function slowKinds(commands: readonly SlowCommand[]): SlowKind[] {
  const kinds = Map.groupBy(commands, ({ command }) => command.split(' ').slice(0, 2).join(' '));
  return [...kinds.values()]
    .map((same) => ({
      command: same[0]?.command ?? '',
      slowestMs: Math.max(...same.map(({ ms }) => ms)),
      medianMs: median(same.map(({ ms }) => ms)),
      count: same.length,
    }))
    .sort((a, b) => b.slowestMs - a.slowestMs);
}

/** Has Redis remember what takes longer than a millisecond, and forget what it has. */
export async function watchSlowCommands(connection: Connection): Promise<void> {
  await connection.config('SET', 'slowlog-log-slower-than', '1000');
  await connection.config('SET', 'slowlog-max-len', '100000');
  await connection.slowlog('RESET');
}

/** What was slow since then, slowest first. */
export async function slowCommands(connection: Connection): Promise<SlowCommand[]> {
  const entries = z.array(SlowEntry).parse(await connection.slowlog('GET', 100_000));
  return entries
    .map(([, , microseconds, words]) => {
      return { ms: microseconds / 1000, command: words.slice(0, 4).join(' ').slice(0, 120) };
    })
    .sort((a, b) => b.ms - a.ms);
}

export interface BiggestValue {
  readonly bytes: number;
  readonly key: string;
}

/** The longest text, item of a list, or field of a hash that Redis holds. */
export async function biggestValue(connection: Connection): Promise<BiggestValue> {
  let biggest: BiggestValue = { bytes: 0, key: '' };
  const consider = (key: string, bytes: number) => {
    if (bytes > biggest.bytes) biggest = { bytes, key };
  };
  let cursor = '0';
  do {
    const [next, keys] = await connection.scan(cursor, 'COUNT', 1000);
    for (const key of keys) {
      for await (const bytes of sizesIn(connection, key)) consider(key, bytes);
    }
    cursor = next;
  } while (cursor !== '0');
  return biggest;
}

async function* sizesIn(connection: Connection, key: string): AsyncGenerator<number> {
  const type = await connection.type(key);
  if (type === 'string') {
    yield await connection.strlen(key);
  } else if (type === 'list') {
    const length = await connection.llen(key);
    for (let from = 0; from < length; from += 100) {
      for (const item of await connection.lrangeBuffer(key, from, from + 99)) yield item.length;
    }
  } else if (type === 'hash') {
    let cursor = '0';
    do {
      const [next, flat] = await connection.hscanBuffer(key, cursor, 'COUNT', 1000);
      for (const text of flat) yield text.length;
      cursor = next.toString();
    } while (cursor !== '0');
  }
}
