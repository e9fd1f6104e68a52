import { once } from 'node:events';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedRedis, freePort } from '#src/embedded/redis.ts';
import { checkRedis } from '#src/store/core/health.ts';
import { createQueues, PrefectureJob, queuePrefix, wake } from '#src/store/core/queues.ts';
import { type Connection, connect } from '#src/store/core/redis.ts';
import { createStore, type Store } from '#src/store/store.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { sampleEntry, sampleNowMs, samplePrefecture, sampleSlot } from '../support/samples.ts';

const slotsOfCluster = 16_384;
const departments = ['75', '92', '93', '94', '974', '2A'];

interface Node extends EmbeddedRedis {
  /** Where the nodes talk to each other. Named, for the default is the port + 10,000, past the end. */
  readonly busPort: number;
}

const nodes: Node[] = [];
let url: string;
let redis: Connection;
let store: Store;

beforeAll(async () => {
  for (let i = 0; i < 3; i += 1) nodes.push(await startNode());
  await formCluster(nodes);
  url = `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  redis = connect(url);
  store = createStore(redis);
});

afterAll(async () => {
  await redis?.quit();
  await Promise.all(nodes.map((node) => node.stop()));
});

async function startNode(): Promise<Node> {
  const busPort = await freePort();
  const server = await startRedisServer([
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    `${busPort}`,
  ]);
  return { ...server, busPort };
}

/** Gives each node its share of the slots, and waits until all of them know it. */
async function formCluster(servers: readonly Node[]): Promise<void> {
  const clients = servers.map((server) => new Redis(server.url));
  const share = Math.ceil(slotsOfCluster / servers.length);
  try {
    for (const [i, client] of clients.entries()) {
      const last = Math.min((i + 1) * share, slotsOfCluster) - 1;
      await client.call('CLUSTER', 'ADDSLOTSRANGE', i * share, last);
      // Otherwise two nodes may both think that they began the cluster.
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
    }
    // Only now: a node that has met another takes no epoch any more.
    for (const client of clients) {
      for (const { port, busPort } of servers) {
        await client.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
      }
    }
    for (const client of clients) {
      while (!/cluster_state:ok.*cluster_known_nodes:3/s.test(await clusterInfo(client)));
    }
  } finally {
    await Promise.all(clients.map((client) => client.quit()));
  }
}

async function clusterInfo(client: Redis): Promise<string> {
  return String(await client.call('CLUSTER', 'INFO'));
}

/** The prefecture whose draw is frozen. */
const frozen = '69';

test('prefectures spread over the nodes, and each is whole on its own', async () => {
  for (const id of departments) {
    await store.prefectures.create(id, samplePrefecture());
    const entry = sampleEntry();
    const joined = await store.entries.join(id, entry, {
      messages: [`code.${entry.id}.1`],
      idempotency: { keyHash: 'key', fingerprint: 'asked' },
    });
    expect(joined).toEqual({ outcome: 'joined' });
    const waiting = await store.entries.change(id, entry.id, (one) => ({
      entry: { ...one, state: 'waiting' },
    }));
    expect(waiting.since).toBe(0);
    const lines = Array.from({ length: 600 }, () => sampleSlot());
    expect(await store.slots.importAll(id, lines, sampleNowMs)).toEqual({ imported: 600 });
    await store.prefectures.pause(id, 'test', sampleNowMs);
    await store.prefectures.resume(id, sampleNowMs);
    await store.messages.done(id, await store.messages.due(id, 10));
    await store.entries.leave(id, entry.id, 'withdraw', sampleNowMs);
    expect(await store.entries.counts(id)).toMatchObject([{ state: 'withdrawn', entries: 1 }]);
  }
  const listed = await store.prefectures.list();
  expect(listed.filter((id) => id !== frozen)).toEqual(departments.toSorted());
  const sizes = await Promise.all(
    nodes.map(async (node) => {
      const client = new Redis(node.url);
      const size = await client.dbsize();
      await client.quit();
      return size;
    }),
  );
  expect(sizes.every((size) => size > 0)).toBe(true);
});

test('a freeze reads its pool', async () => {
  await store.prefectures.create(frozen, samplePrefecture());
  const entry = sampleEntry({ state: 'waiting', origin: 'desk' });
  await store.entries.join(frozen, entry, { messages: [] });
  await store.draws.schedule(frozen, {
    id: '20261201-abcdef',
    state: 'scheduled',
    atMs: sampleNowMs,
    scheduledAtMs: sampleNowMs,
    agent: 'agent',
    entropy: { source: 'operator', commitment: 'c'.repeat(64) },
  });
  const begun = await store.draws.beginFreeze(frozen, '20261201-abcdef', sampleNowMs);
  expect(begun.outcome).toBe('freezing');
  await store.entries.leave(frozen, entry.id, 'withdraw', sampleNowMs);
  expect((await store.entries.readFrozen(frozen)).entries.map(({ id }) => id)).toEqual([entry.id]);
});

test('a job goes from the queue to a worker', async () => {
  const queueConnection = connect(url, { maxRetriesPerRequest: null });
  const workerConnection = connect(url, { maxRetriesPerRequest: null });
  const queues = createQueues(queueConnection);
  const worker = new Worker(
    'dispatch',
    async (job) => store.messages.due(PrefectureJob.parse(job.data).prefecture, 10),
    { connection: workerConnection, prefix: queuePrefix('dispatch') },
  );
  try {
    const entry = sampleEntry();
    await store.entries.join('33', entry, { messages: [`code.${entry.id}.1`] });
    const done = once(worker, 'completed');
    await wake(queues, 'dispatch', '33');
    const [, result] = await done;
    expect(result).toEqual([`code.${entry.id}.1`]);
  } finally {
    await worker.close();
    await Promise.all(Object.values(queues).map((queue) => queue.close()));
    await Promise.all([queueConnection.quit(), workerConnection.quit()]);
  }
});

test('the health of a cluster is that of its weakest node', async () => {
  expect(await checkRedis(redis)).toEqual({ aof: true, noeviction: true, appendfsync: 'always' });
  const weakest = new Redis(nodes[1]?.url ?? '');
  await weakest.config('SET', 'appendfsync', 'everysec');
  await weakest.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await weakest.quit();
  expect(await checkRedis(redis)).toEqual({
    aof: true,
    noeviction: false,
    appendfsync: 'everysec',
  });
});
