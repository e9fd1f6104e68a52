import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';
import { pino } from 'pino';
import { startEmbeddedRedis } from '../../src/embedded/redis.ts';
import { operatorEntropy } from '../../src/identity/entropy/entropy.ts';
import { parseKeyring } from '../../src/identity/keys/keyring.ts';
import { createSigner } from '../../src/identity/keys/signer.ts';
import { createTokens } from '../../src/identity/keys/tokens.ts';
import { createVault } from '../../src/identity/keys/vault.ts';
import { personContext } from '../../src/identity/person/context.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import type { Channel } from '../../src/notifications/channels/channel.ts';
import { createEmailChannel } from '../../src/notifications/channels/email.ts';
import { createRenderer } from '../../src/notifications/render/render.ts';
import { type Closer, closeAll } from '../../src/shutdown.ts';
import { keysOf } from '../../src/store/core/keys.ts';
import { createQueues, wake } from '../../src/store/core/queues.ts';
import { type Connection, connect } from '../../src/store/core/redis.ts';
import { createStore } from '../../src/store/store.ts';
import { concurrency, createWorkers } from '../../src/workers/workers.ts';
import { readExample } from '../demo/example.ts';
import { median } from './median.ts';

const ROUNDS = 5;
const MESSAGES = 2000;
const BULK = 500;

export interface NotificationFigures {
  /** E-mails a second, from the list of due messages to a mail server that has them on disk. */
  readonly messages: number;
  /** Jobs a second that do nothing, on the same Redis with the same concurrency. */
  readonly jobs: number;
  /** Median of messages / jobs, round by round. */
  readonly ratio: number;
}

/** Measures messages through dispatch, processor and SMTP against empty BullMQ jobs, in turn. */
export async function benchNotifications(
  say: (line: string) => void,
): Promise<NotificationFigures> {
  const closers: Closer[] = [];
  try {
    const directory = await mkdtemp(join(tmpdir(), 'tirage-bench-'));
    closers.push(() => rm(directory, { recursive: true, force: true }));
    const redis = await startEmbeddedRedis({ directory });
    closers.push(() => redis.stop());
    const sendAll = await openService(redis.url, directory, closers);
    const messages: number[] = [];
    const jobs: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const sent = await sendAll(round);
      const done = await runEmptyJobs(redis.url, round);
      // The first round warms up.
      if (round === 0) continue;
      messages.push(sent);
      jobs.push(done);
      say(`round ${round}: ${sent.toFixed(0)} messages/s, ${done.toFixed(0)} empty jobs/s`);
    }
    const ratios = messages.map((sent, round) => sent / (jobs[round] ?? Number.NaN));
    return { messages: median(messages), jobs: median(jobs), ratio: median(ratios) };
  } finally {
    await closeAll(closers);
  }
}

/** Opens what a worker process has. The answer sends one round of messages and times it. */
async function openService(url: string, directory: string, closers: Closer[]) {
  const smtpUrl = await startSink(directory, closers);
  const open = (): Connection =>
    connect(url, { enableAutoPipelining: true, maxRetriesPerRequest: null });
  const connection = open();
  closers.push(() => connection.quit());
  const queues = createQueues(connection);
  closers.push(() => Promise.all(Object.values(queues).map((queue) => queue.close())));
  const store = createStore(connection);
  const keyring = parseKeyring(`k1:${randomBytes(32).toString('base64')}`);
  const vault = createVault(keyring);
  const email = createEmailChannel({ url: smtpUrl, from: 'Tirage <tirage@example.org>' });
  closers.push(() => email.close());
  const counter = countSent(email);
  const workers = await createWorkers({
    store,
    connect: open,
    queues,
    vault,
    tokens: createTokens(keyring),
    channels: [counter.channel],
    renderer: createRenderer({ organizerEmail: 'tirage@example.org' }),
    entropy: operatorEntropy(vault),
    clock: Date.now,
    logger: pino({ level: 'error' }),
    metrics: createMetrics(),
    signer: createSigner(keyring),
    registerOrigin: 'tirage',
    witnesses: [],
    publicUrl: 'https://tirage.example.org',
  });
  closers.push(() => workers.close());
  const { id: prefecture, settings, sites, requestTypes, rules } = readExample();
  await store.prefectures.create(prefecture, { settings, sites, requestTypes, rules });
  const requestType = requestTypes[0]?.id ?? '';

  return async (round: number): Promise<number> => {
    const ids = Array.from({ length: MESSAGES }, (_, n) => `r${round}e${n}`);
    const document = { kind: 'passport', country: 'MLI', number: 'EX123456' } as const;
    await Promise.all(
      ids.map((id) => {
        const person = { name: 'Aminata Exemple', document, email: `${id}@example.org` };
        const sealed = vault.seal(person, personContext(prefecture, id));
        const identity = id.padEnd(22, '-');
        const entry = { id, requestType, identity, sealed, state: 'waiting', missed: 0 } as const;
        const joined = { language: 'fr', origin: 'online', joinedAtMs: 0 } as const;
        return store.entries.join(prefecture, { ...entry, ...joined }, { messages: [] });
      }),
    );
    await connection.rpush(keysOf(prefecture).mailDue, ...ids.map((id) => `welcome.${id}.1`));
    const allSent = counter.expect(MESSAGES);
    const startMs = performance.now();
    await wake(queues, 'dispatch', prefecture);
    await allSent;
    return (MESSAGES / (performance.now() - startMs)) * 1000;
  };
}

/** The channel, and a promise for the moment when so many more messages have been sent. */
function countSent(channel: Channel) {
  let left = 0;
  let done = () => {};
  return {
    channel: {
      ...channel,
      send: async (...given: Parameters<Channel['send']>) => {
        await channel.send(...given);
        left -= 1;
        if (left === 0) done();
      },
    },
    expect: (count: number) => {
      left = count;
      return new Promise<void>((resolve) => {
        done = resolve;
      });
    },
  };
}

/** Adds as many jobs in the same bulks, and works them off with the same concurrency. */
async function runEmptyJobs(url: string, round: number): Promise<number> {
  const open = (): Connection =>
    connect(url, { enableAutoPipelining: true, maxRetriesPerRequest: null });
  const [adding, working] = [open(), open()];
  const queue = new Queue('floor', { connection: adding, prefix: '{floor}' });
  let left = MESSAGES;
  const all = Promise.withResolvers<void>();
  const work = async () => {
    left -= 1;
    if (left === 0) all.resolve();
  };
  const worker = new Worker('floor', work, {
    connection: working,
    prefix: '{floor}',
    concurrency: concurrency.notifications,
  });
  try {
    await worker.waitUntilReady();
    const startMs = performance.now();
    for (let from = 0; from < MESSAGES; from += BULK) {
      await queue.addBulk(
        Array.from({ length: BULK }, (_, n) => ({
          name: 'send',
          data: { prefecture: '92', message: `welcome.r${round}e${from + n}.1` },
          opts: { jobId: `r${round}n${from + n}`, removeOnComplete: true },
        })),
      );
    }
    await all.promise;
    return (MESSAGES / (performance.now() - startMs)) * 1000;
  } finally {
    await worker.close();
    await queue.close();
    await Promise.all([adding.quit(), working.quit()]);
  }
}

async function startSink(directory: string, closers: Closer[]): Promise<string> {
  const file = new URL('./mail-sink.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [file, join(directory, 'mail')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closers.push(() => stopChild(child));
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the mail server of the benchmark ended early');
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** One line for people. */
export function describeNotifications({ messages, jobs, ratio }: NotificationFigures): string {
  return (
    `notifications: ${messages.toFixed(0)} e-mails/s, ` +
    `${ratio.toFixed(2)} of ${jobs.toFixed(0)} empty BullMQ jobs/s (aim 0.5)`
  );
}

if (import.meta.main) {
  console.log(describeNotifications(await benchNotifications((line) => console.log(line))));
}
