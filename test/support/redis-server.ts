import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedRedis, startEmbeddedRedis } from '#src/embedded/redis.ts';

/** Starts a redis-server of its own in a temporary directory, which `stop` removes. */
export async function startRedisServer(extraArgs: readonly string[] = []): Promise<EmbeddedRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-redis-'));
  const server = await startEmbeddedRedis({ directory, extraArgs });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...server, stop };
}
