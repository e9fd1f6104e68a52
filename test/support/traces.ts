import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Trace } from './marks.ts';

/** How each type of value is read whole, as bytes. */
const readers: Readonly<Record<string, (key: string) => [string, ...string[]]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  list: (key) => ['LRANGE', key, '0', '-1'],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '-1'],
  stream: (key) => ['XRANGE', key, '-', '+'],
};

/** Every value of a Redis with its key, part by part, and as DUMP gives it. */
export async function redisTraces(url: string): Promise<Trace[]> {
  const redis = new Redis(url);
  try {
    const traces: Trace[] = [];
    for (const key of await redis.keys('*')) {
      const [command, ...args] = readers[await redis.type(key)]?.(key) ?? ['EXISTS', key];
      const reply: unknown = await redis.callBuffer(command, ...args);
      const parts = flat(reply).map((bytes) => ({ where: `redis ${key}`, bytes }));
      const dump = await redis.dumpBuffer(key);
      traces.push({ where: `redis key ${key}`, bytes: Buffer.from(key) }, ...parts);
      if (dump) traces.push({ where: `redis dump of ${key}`, bytes: dump });
    }
    return traces;
  } finally {
    await redis.quit();
  }
}

function flat(reply: unknown): Buffer[] {
  if (Buffer.isBuffer(reply)) return [reply];
  return Array.isArray(reply) ? reply.flatMap(flat) : [];
}

/** What Redis has written to its folder: snapshot and append-only files, as they are now. */
export async function fileTraces(url: string, directory: string): Promise<Trace[]> {
  const redis = new Redis(url);
  await redis.save();
  await redis.quit();
  return globSync('**/*.{rdb,aof}', { cwd: directory }).map((file) => ({
    where: `file ${file}`,
    bytes: readFileSync(join(directory, file)),
  }));
}
