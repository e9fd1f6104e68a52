import { Cluster } from 'ioredis';
import type { Connection } from './redis.ts';

export interface RedisHealth {
  /** Whether every server keeps an append-only file. */
  readonly aof: boolean;
  /** Whether every server refuses writes, rather than dropping keys, when memory is full. */
  readonly noeviction: boolean;
  /** `always`, `everysec`, `no`; the laxest of all servers. `unknown` where CONFIG is not allowed. */
  readonly appendfsync: string;
}

/** Laxest first. */
const strictness = ['unknown', 'no', 'everysec', 'always'];

/** Asks every server that holds data how it keeps it. */
export async function checkRedis(redis: Connection): Promise<RedisHealth> {
  // A Cluster client knows its nodes only once it is connected.
  await redis.ping();
  const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
  const answers = await Promise.all(
    nodes.map(async (node) => {
      const info = `${await node.info('persistence')}\n${await node.info('memory')}`;
      // Hosted servers often forbid CONFIG.
      const config = await node.config('GET', 'appendfsync').catch(() => []);
      const fsync = Array.isArray(config) ? String(config[1] ?? 'unknown') : 'unknown';
      return {
        aof: /^aof_enabled:1/m.test(info),
        noeviction: /^maxmemory_policy:noeviction/m.test(info),
        appendfsync: fsync,
      };
    }),
  );
  const fsyncs = answers.map((answer) => answer.appendfsync);
  return {
    aof: answers.every((answer) => answer.aof),
    noeviction: answers.every((answer) => answer.noeviction),
    appendfsync: strictness.find((word) => fsyncs.includes(word)) ?? 'unknown',
  };
}

/**
 * Says what a Redis could lose. Where `isStrict`, as in production, it is refused.
 *
 * @throws Error if strict, and it keeps no append-only file or may evict keys.
 */
export async function checkDurability(
  redis: Connection,
  { isStrict, warn }: { readonly isStrict: boolean; readonly warn: (text: string) => void },
): Promise<void> {
  const { aof, noeviction, appendfsync } = await checkRedis(redis);
  const faults = [
    ...(aof ? [] : ['appendonly is off: a restart would lose entries']),
    ...(noeviction ? [] : ['maxmemory-policy is not noeviction: Redis may drop entries']),
  ];
  if (faults.length > 0 && isStrict) throw new Error(`Redis: ${faults.join('; ')}`);
  for (const fault of faults) warn(`Redis: ${fault}`);
  if (aof && appendfsync !== 'always') {
    warn(`Redis: appendfsync is ${appendfsync}: a power cut may lose the last second`);
  }
}
