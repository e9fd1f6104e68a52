import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedRedis } from '../../src/embedded/redis.ts';
import { parseKeyring } from '../../src/identity/keys/keyring.ts';
import { type Closer, closeAll } from '../../src/shutdown.ts';
import { connect } from '../../src/store/core/redis.ts';
import { createStore } from '../../src/store/store.ts';
import { readExample } from '../demo/example.ts';
import { fillPool } from './fill-pool.ts';

const ENTRIES = 50_000;

export interface MemoryFigures {
  readonly entries: number;
  /** Redis memory per waiting entry: entry, identity, counters, all told. */
  readonly bytesPerEntry: number;
}

/** Fills a Redis with the example's crowd, as if all were verified, and reads its memory. */
export async function benchMemory(): Promise<MemoryFigures> {
  const closers: Closer[] = [];
  try {
    const directory = await mkdtemp(join(tmpdir(), 'tirage-bench-'));
    closers.push(() => rm(directory, { recursive: true, force: true }));
    const redis = await startEmbeddedRedis({ directory, appendfsync: 'no' });
    closers.push(() => redis.stop());
    const connection = connect(redis.url, { enableAutoPipelining: true });
    closers.push(() => connection.quit());
    const store = createStore(connection);
    const keyring = parseKeyring(`k1:${randomBytes(32).toString('base64')}`);
    const usedMemory = async () =>
      Number(/used_memory:(\d+)/.exec(await connection.info('memory'))?.[1]);
    const before = await usedMemory();
    await fillPool(store, readExample(), { people: ENTRIES, sealing: keyring, identity: keyring });
    return { entries: ENTRIES, bytesPerEntry: ((await usedMemory()) - before) / ENTRIES };
  } finally {
    await closeAll(closers);
  }
}
