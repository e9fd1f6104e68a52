import { Cluster } from 'ioredis';
import { z } from 'zod';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { pagesOfScan } from '../core/scan-hash.ts';
import type { Item } from './types.ts';

/** A command that reads, with its arguments. */
export type Command = readonly [name: string, ...args: (string | number)[]];

/** Most items of a page, about. */
export const itemsPerPage = 100;

/**
 * Replies to commands as of one instant. Every script of the service writes all that belongs
 * together in one step, so no such reading shows half of one.
 */
export async function readAtOnce(
  redis: Connection,
  commands: readonly Command[],
): Promise<unknown[]> {
  if (commands.length === 0) return [];
  const replies = await redis.multi(commands.map((command) => [...command])).exec();
  if (!replies) throw new Error('a reading was broken off');
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}

/** What holds items, and the command that goes through it. */
export type Container = 'hash' | 'zset' | 'set';

const walks = { hash: 'hscan', zset: 'zscan', set: 'sscan' } as const;

/** Names of what a container holds, page by page. */
export async function* pagesOf(
  redis: Connection,
  container: Container,
  key: string,
  scope = '',
): AsyncGenerator<Item[]> {
  const read = (cursor: string) => redis[walks[container]](key, cursor, 'COUNT', itemsPerPage);
  for await (const { found } of pagesOfScan(key, '0', read)) {
    const ids = container === 'set' ? found : found.filter((_, at) => at % 2 === 0);
    // A small hash comes whole, whatever the count.
    for (let at = 0; at < ids.length; at += itemsPerPage) {
      yield ids.slice(at, at + itemsPerPage).map((id) => ({ scope, id }));
    }
  }
}

/** The values of some items of a container, as one command reads them; absent ones are null. */
export function valuesOf(container: Container, key: string, ids: readonly string[]): Command {
  const read = { hash: 'hmget', zset: 'zmscore', set: 'smismember' } as const;
  return [read[container], key, ...ids];
}

/** Ids of all draws, page by page. */
export async function* pagesOfDrawIds(
  redis: Connection,
  prefecture: string,
): AsyncGenerator<string[]> {
  for await (const page of pagesOf(redis, 'zset', keysOf(prefecture).draws)) {
    yield page.map(({ id }) => id);
  }
}

/** A reply that is a text, or nothing. */
export const text = (reply: unknown): string | null => Text.parse(reply);
const Text = z.string().nullable();

/** A reply that is a list of texts, some of them missing. */
export const texts = (reply: unknown): (string | null)[] => z.array(Text).parse(reply);

/** A reply that is a number. */
export const whole = (reply: unknown): number => z.coerce.number().parse(reply);

/** Names of keys, page by page; in a Cluster those of every node. */
export async function* pagesOfKeys(redis: Connection, pattern: string): AsyncGenerator<string[]> {
  const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
  for (const node of nodes) {
    const read = (cursor: string) => node.scan(cursor, 'MATCH', pattern, 'COUNT', 1000);
    for await (const { found } of pagesOfScan(`the keys ${pattern}`, '0', read)) {
      for (let at = 0; at < found.length; at += itemsPerPage) {
        yield found.slice(at, at + itemsPerPage);
      }
    }
  }
}
