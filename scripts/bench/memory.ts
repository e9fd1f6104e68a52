import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedRedis } from '../../src/embedded-redis.ts';
import { createIdentityKeys } from '../../src/identity/identity-key.ts';
import { newEntryId } from '../../src/identity/ids.ts';
import { parseKeyring } from '../../src/identity/keyring.ts';
import { createVault } from '../../src/identity/vault.ts';
import { type Closer, closeAll } from '../../src/shutdown.ts';
import { connect } from '../../src/store/redis.ts';
import { createStore } from '../../src/store/store.ts';
import { inventCrowd } from '../demo/crowd.ts';
import { readExample } from '../demo/example.ts';

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
    const vault = createVault(keyring);
    const identities = createIdentityKeys(keyring);
    const { crowd: mix, id: prefecture, requestTypes } = readExample();
    const firstDay = '2026-12-07';
    const crowd = inventCrowd({ mix, requestTypes, people: ENTRIES, seed: 'memory', firstDay });

    const usedMemory = async () =>
      Number(/used_memory:(\d+)/.exec(await connection.info('memory'))?.[1]);
    const before = await usedMemory();
    for (let from = 0; from < crowd.length; from += 500) {
      await Promise.all(
        crowd.slice(from, from + 500).map(({ request }) => {
          const { person, contact, requestType, language, accepts } = request;
          const id = newEntryId();
          // The crowd is invented in the shape that the API takes.
          const whole = { ...person, ...contact } as Parameters<typeof vault.seal>[0];
          return store.entries.join(
            prefecture,
            {
              id,
              state: 'waiting',
              requestType,
              missed: 0,
              language,
              origin: 'online',
              identity: identities.keyOf(prefecture, requestType, whole.document, whole.name),
              sealed: vault.seal(whole, `${prefecture}.${id}`),
              joinedAtMs: Date.now(),
              ...(accepts === undefined ? {} : { accepts }),
            },
            { messages: [] },
          );
        }),
      );
    }
    return { entries: ENTRIES, bytesPerEntry: ((await usedMemory()) - before) / ENTRIES };
  } finally {
    await closeAll(closers);
  }
}
