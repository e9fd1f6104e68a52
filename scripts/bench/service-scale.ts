import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startEmbeddedRedis } from '../../src/embedded/redis.ts';
import { type Closer, closeAll } from '../../src/shutdown.ts';
import { type Connection, connect } from '../../src/store/core/redis.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { createClient } from '../demo/client.ts';
import { readExample } from '../demo/example.ts';
import { firstLine, newKey, scriptPath, startNode, stopChild } from './children.ts';
import {
  biggestValue,
  type SlowCommand,
  slowCommands,
  slowKinds,
  watchSlowCommands,
} from './redis-figures.ts';
import { type Parts, prepare, startParts } from './service-parts.ts';

const REQUESTS_A_SECOND = 100;
/** A draw that takes longer has failed. */
const MOST_SECONDS = 600;

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
  /** Lines of the worker that say that a job lost its lock, and that a job failed. */
  readonly lost: readonly string[];
  readonly failed: readonly string[];
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
      lost: log.filter((line) => /lock|stalled/i.test(line)),
      failed: log.filter((line) => line.includes('a job failed')),
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
  const { entries, winners, seconds, steps, load, loopMs, lost, failed, slow, biggest } = figures;
  const kinds = slowKinds(slow)
    .slice(0, 4)
    .map(({ slowestMs, medianMs, count, command }) => {
      return `${slowestMs.toFixed(0)} ms (median of ${count}: ${medianMs.toFixed(1)} ms) ${command}`;
    });
  const over = slow.filter(({ ms }) => ms > 50).length;
  return [
    `draw in the service: ${entries} entries, ${winners} winners, published after ${seconds.toFixed(1)} s (${steps.join(', ')})`,
    `  meanwhile ${load.answered} requests ${JSON.stringify(load.statuses)}: p50 ${load.p50.toFixed(0)} ms, p99 ${load.p99.toFixed(0)} ms (limit 250), slowest ${load.max.toFixed(0)} ms`,
    `  event loop delay, p99: API ${loopMs.api.toFixed(0)} ms, worker ${loopMs.worker.toFixed(0)} ms (limit 100)`,
    `  Redis commands over 50 ms: ${over} (limit 0); of those over 1 ms the slowest, by kind: ${kinds.join('; ') || 'none'}`,
    `  locks of jobs lost: ${lost.length}, jobs failed: ${failed.length} ${(lost[0] ?? failed[0] ?? '').slice(0, 200)}; biggest value ${(biggest.bytes / 1024).toFixed(0)} KiB (${biggest.key})`,
  ].join('\n');
}

if (import.meta.main) {
  const [people] = process.argv.slice(2).map(Number);
  console.log(describeService(await benchService((line) => console.error(line), people)));
}
