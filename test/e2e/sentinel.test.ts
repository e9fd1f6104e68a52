import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedRedis, freePort } from '#src/embedded/redis.ts';
import { createQueues, PrefectureJob, queuePrefix, wake } from '#src/store/core/queues.ts';
import { type Connection, connect } from '#src/store/core/redis.ts';
import { createStore } from '#src/store/store.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { sampleEntry } from '../support/samples.ts';

let master: EmbeddedRedis;
let replica: EmbeddedRedis;
let sentinel: ChildProcess;
let sentinelPort: number;
let directory: string;

beforeAll(async () => {
  master = await startRedisServer(['--repl-diskless-sync-delay', '0']);
  replica = await startRedisServer(['--replicaof', `127.0.0.1 ${master.port}`]);
  directory = await mkdtemp(join(tmpdir(), 'tirage-sentinel-'));
  sentinelPort = await freePort();
  const config = join(directory, 'sentinel.conf');
  await writeFile(
    config,
    `port ${sentinelPort}\nbind 127.0.0.1\nsentinel monitor places 127.0.0.1 ${master.port} 1\n`,
  );
  sentinel = spawn('redis-server', [config, '--sentinel'], { cwd: directory, stdio: 'ignore' });
  await untilAnswers(sentinelPort);
});

async function untilAnswers(port: number): Promise<void> {
  const redis = new Redis(port, '127.0.0.1', {
    retryStrategy: () => 25,
    maxRetriesPerRequest: null,
  });
  redis.on('error', () => {});
  await redis.ping();
  redis.disconnect(); // a sentinel knows no QUIT
}

afterAll(async () => {
  if (sentinel?.exitCode === null) {
    sentinel.kill('SIGTERM');
    await once(sentinel, 'exit');
  }
  await replica?.stop();
  await master?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** As an operator writes it: through the sentinel, by the name of the master. */
function open(): Connection {
  return connect(`redis+sentinel://127.0.0.1:${sentinelPort}/places`, {
    maxRetriesPerRequest: null,
  });
}

test('the store works through a sentinel, on its master, and the replica follows', async () => {
  const redis = open();
  try {
    const store = createStore(redis);
    const entry = sampleEntry();
    expect(await store.entries.join('92', entry, { messages: [] })).toEqual({ outcome: 'joined' });
    await store.entries.change('92', entry.id, (one) => ({ entry: { ...one, missed: 1 } }));

    const onMaster = new Redis(master.url);
    const onReplica = new Redis(replica.url);
    expect((await createStore(onMaster).entries.get('92', entry.id))?.missed).toBe(1);
    // A later write that the replica has acknowledged: all before it is there as well.
    await onMaster.set('later', '1');
    expect(await onMaster.wait(1, 15_000)).toBe(1);
    expect((await createStore(onReplica).entries.get('92', entry.id))?.missed).toBe(1);
    await Promise.all([onMaster.quit(), onReplica.quit()]);
  } finally {
    await redis.quit();
  }
});

test('a job goes from the queue to a worker through a sentinel', async () => {
  const queueConnection = open();
  const workerConnection = open();
  const queues = createQueues(queueConnection);
  const worker = new Worker('draws', async (job) => PrefectureJob.parse(job.data).prefecture, {
    connection: workerConnection,
    prefix: queuePrefix('draws'),
  });
  try {
    const done = once(worker, 'completed');
    await wake(queues, 'draws', '92');
    const [, result] = await done;
    expect(result).toBe('92');
  } finally {
    await worker.close();
    await Promise.all(Object.values(queues).map((queue) => queue.close()));
    await Promise.all([queueConnection.quit(), workerConnection.quit()]);
  }
});
