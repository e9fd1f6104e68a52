import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startEmbeddedRedis } from '../../src/embedded-redis.ts';
import { newAgentKey } from '../../src/identity/agent-keys.ts';
import { parseKeyring } from '../../src/identity/keyring.ts';
import { type Closer, closeAll } from '../../src/shutdown.ts';
import { type Connection, connect } from '../../src/store/redis.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import type { SlotRecord } from '../../src/store/types.ts';
import { createClient } from '../demo/client.ts';
import { type Example, readExample } from '../demo/example.ts';
import { firstLine, newKey, scriptPath, startNode, stopChild } from './children.ts';
import { fillPool } from './fill-pool.ts';
import {
  biggestValue,
  type SlowCommand,
  slowCommands,
  watchSlowCommands,
} from './redis-figures.ts';

const SLOTS = 2_000;
const PLACES_A_SLOT = 10;
const REQUESTS_A_SECOND = 100;
/** A draw that takes longer has failed. */
const MOST_SECONDS = 600;
const dayMs = 86_400_000;

const Load = z.object({
  answered: z.number(),
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  statuses: z.record(z.string(), z.number()),
});

export interface ServiceFigures {
  readonly entries: number;
  readonly winners: number;
  /** From the plan of the draw to its publication. */
  readonly seconds: number;
  readonly steps: readonly string[];
  /** Of requests during the draw, milliseconds. */
  readonly load: z.infer<typeof Load>;
  /** 99th percentile of the delay of the event loop, milliseconds. */
  readonly loopMs: { readonly api: number; readonly worker: number };
  /** Lines of the workers that say a job's lock was lost, or the job failed. */
  readonly lost: readonly string[];
  readonly slow: readonly SlowCommand[];
  readonly biggest: { readonly bytes: number; readonly key: string };
}

/**
 * Measures a draw in the service while others join: API, worker, Redis (`appendfsync always`),
 * mail server and load are processes of their own, on one machine.
 */
export async function benchService(
  say: (line: string) => void,
  people = 200_000,
): Promise<ServiceFigures> {
  const closers: Closer[] = [];
  try {
    const directory = await mkdtemp(join(tmpdir(), 'tirage-bench-'));
    closers.push(() => rm(directory, { recursive: true, force: true }));
    const redis = await startEmbeddedRedis({ directory });
    closers.push(() => redis.stop());
    const connection = connect(redis.url, { enableAutoPipelining: true });
    closers.push(() => connection.quit());
    const store = createStore(connection);
    const example = readExample();
    const keys = { sealing: newKey(), identity: newKey() };
    say(`filling a Redis with ${people} entries`);
    await connection.config('SET', 'appendfsync', 'no');
    const token = await prepare(store, example, { people, ...keys });
    await connection.config('SET', 'appendfsync', 'always');
    const service = await startParts(redis.url, directory, keys, closers);
    return await measure({ ...service, say, token, store, connection, prefecture: example.id });
  } finally {
    await closeAll(closers);
  }
}

async function prepare(
  store: Store,
  example: Example,
  { people, sealing, identity }: { people: number; sealing: string; identity: string },
): Promise<string> {
  const { id, settings, sites, requestTypes, rules } = example;
  await store.prefectures.create(id, { settings, sites, requestTypes, rules });
  const { key, id: agent, hash } = newAgentKey();
  const createdAtMs = Date.now();
  await store.agents.put(id, { id: agent, role: 'admin', label: 'bench', hash, createdAtMs });
  const types = requestTypes.map((requestType) => requestType.id);
  const slots = Array.from({ length: SLOTS }, (_, index): SlotRecord => {
    const day = new Date(createdAtMs + (30 + Math.floor(index / 64)) * dayMs);
    const hour = String(9 + (Math.floor(index / 4) % 7)).padStart(2, '0');
    return {
      id: `s${index}`,
      site: sites[index % sites.length]?.id ?? '',
      start: `${day.toISOString().slice(0, 10)}T${hour}:00:00+01:00`,
      capacity: PLACES_A_SLOT,
      requestTypes: types,
    };
  });
  await store.slots.importAll(id, slots, createdAtMs);
  const keyrings = { sealing: parseKeyring(sealing), identity: parseKeyring(identity) };
  await fillPool(store, example, { people, ...keyrings });
  return key;
}

interface Parts {
  readonly apiUrl: string;
  readonly workerUrl: string;
  /** What the worker logged, a line each. */
  readonly log: string[];
}

async function startParts(
  redisUrl: string,
  directory: string,
  { sealing, identity }: { sealing: string; identity: string },
  closers: Closer[],
): Promise<Parts> {
  const mail = join(directory, 'mail');
  await mkdir(mail);
  const sink = startNode([scriptPath('./mail-sink.ts'), mail]);
  closers.push(() => stopChild(sink));
  const env = {
    REDIS_URL: redisUrl,
    SMTP_URL: await firstLine(sink, (line) => line.startsWith('smtp')),
    PORT: '0',
    REQUESTS_PER_MINUTE: '1000000',
    WORK_TRIES: '0', // the load does not work for its joins
    ENTROPY_SOURCE: 'operator',
    TIRAGE_SEALING_KEYS: sealing,
    TIRAGE_IDENTITY_KEYS: identity,
    TIRAGE_TOKEN_KEYS: newKey(),
    TIRAGE_SIGNING_KEYS: newKey(),
  };
  const log: string[] = [];
  const start = async (role: string): Promise<string> => {
    const child = startNode([scriptPath('../../src/main.ts'), role], env);
    closers.push(() => stopChild(child));
    const isUp = (line: string) => line.includes('"url"');
    const up = await firstLine(child, isUp, (line) => {
      // The API logs every request: only the worker's lines are kept.
      if (role === 'worker') log.push(line);
    });
    return z.object({ url: z.string() }).parse(JSON.parse(up)).url;
  };
  return { apiUrl: await start('api'), workerUrl: await start('worker'), log };
}

interface Measured extends Parts {
  readonly say: (line: string) => void;
  readonly token: string;
  readonly store: Store;
  readonly connection: Connection;
  readonly prefecture: string;
}

async function measure(of: Measured): Promise<ServiceFigures> {
  const { say, token, store, connection, prefecture, apiUrl, workerUrl, log } = of;
  const client = createClient(apiUrl, prefecture);
  const url = `${apiUrl}/v1/prefectures/${prefecture}`;
  const load = startNode(
    [scriptPath('./service-load.ts'), url, String(REQUESTS_A_SECOND)],
    {},
    'pipe',
  );
  const reports: string[] = [];
  try {
    await firstLine(
      load,
      () => true,
      (line) => reports.push(line),
    );
    await wait(3000);
    await watchSlowCommands(connection);
    // Reading this figure begins it anew.
    await Promise.all([loopDelayMs(apiUrl), loopDelayMs(workerUrl)]);
    say('drawing');
    const startMs = performance.now();
    const planned = await client.request<{ id: string }>('POST', '/draws', { token, json: {} });
    const winners = await untilPublished(store, prefecture, planned.body.id);
    const seconds = (performance.now() - startMs) / 1000;
    const loopMs = { api: await loopDelayMs(apiUrl), worker: await loopDelayMs(workerUrl) };
    const figures = await ended(load, reports);
    return {
      entries: (await store.draws.get(prefecture, planned.body.id))?.statistics?.entries ?? 0,
      winners,
      seconds,
      steps: log.flatMap(stepOf),
      load: figures,
      loopMs,
      lost: log.filter((line) => /lock|stalled|a job failed/i.test(line)),
      slow: await slowCommands(connection),
      biggest: await biggestValue(connection),
    };
  } finally {
    await stopChild(load);
  }
}

async function untilPublished(store: Store, prefecture: string, draw: string): Promise<number> {
  for (let second = 0; second < 4 * MOST_SECONDS; second += 1) {
    const found = await store.draws.get(prefecture, draw);
    if (found?.state === 'published') return found.statistics?.drawn ?? 0;
    await wait(250);
  }
  throw new Error(`the draw was not published within ${MOST_SECONDS} s`);
}

async function ended(
  load: ChildProcess,
  reports: readonly string[],
): Promise<z.infer<typeof Load>> {
  const closed = once(load.stdout as NodeJS.ReadableStream, 'close');
  load.stdin?.write('\n');
  await closed;
  return Load.parse(JSON.parse(reports.at(-1) ?? ''));
}

async function loopDelayMs(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const found = /^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(metrics);
  return 1000 * Number(found?.[1]);
}

function stepOf(line: string): string[] {
  if (!line.includes('step of a draw done')) return [];
  const { step, tookMs } = z
    .object({ step: z.string(), tookMs: z.number() })
    .parse(JSON.parse(line));
  return [`${step} ${(tookMs / 1000).toFixed(1)} s`];
}

/** A few lines for people. */
export function describeService(figures: ServiceFigures): string {
  const { entries, winners, seconds, steps, load, loopMs, lost, slow, biggest } = figures;
  const others = slow.slice(0, 3).map(({ ms, command }) => `${ms.toFixed(0)} ms ${command}`);
  const over = slow.filter(({ ms }) => ms > 50).length;
  return [
    `draw in the service: ${entries} entries, ${winners} winners, published after ${seconds.toFixed(1)} s (${steps.join(', ')})`,
    `  meanwhile ${load.answered} requests ${JSON.stringify(load.statuses)}: p50 ${load.p50.toFixed(0)} ms, p99 ${load.p99.toFixed(0)} ms (limit 250), slowest ${load.max.toFixed(0)} ms`,
    `  event loop delay, p99: API ${loopMs.api.toFixed(0)} ms, worker ${loopMs.worker.toFixed(0)} ms (limit 100)`,
    `  Redis commands over 50 ms: ${over} (limit 0); slowest: ${others.join('; ') || 'none over 1 ms'}`,
    `  locks lost or jobs failed: ${lost.length}${lost.length > 0 ? ` (${lost[0]?.slice(0, 200)})` : ''}; biggest value ${(biggest.bytes / 1024).toFixed(0)} KiB (${biggest.key})`,
  ].join('\n');
}

if (import.meta.main) {
  const [people] = process.argv.slice(2).map(Number);
  console.log(describeService(await benchService((line) => console.error(line), people)));
}
