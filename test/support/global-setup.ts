import { Redis } from 'ioredis';
import type { TestProject } from 'vitest/node';
import type { EmbeddedRedis } from '#src/embedded/redis.ts';
import { startRedisServer } from './redis-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the Redis of this run, without a database. */
    redisUrl: string;
  }
}

let server: EmbeddedRedis | undefined;

/** Uses the Redis of REDIS_URL, or starts one for this run. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.REDIS_URL;
  if (given) await mustAnswer(given);
  else server = await startRedisServer(['--databases', '64']);
  project.provide('redisUrl', given || (server?.url ?? ''));
}

/** Stops what was started. */
export async function teardown(): Promise<void> {
  await server?.stop();
}

async function mustAnswer(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {});
  await redis.connect().catch((cause: Error) => {
    throw new Error(`no Redis answers at REDIS_URL: ${cause.message}`, { cause });
  });
  await redis.quit();
}
