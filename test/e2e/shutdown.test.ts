import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { createMailSink, type MailSink } from '#src/notifications/channels/sink.ts';
import { type Closer, closeAll } from '#src/shutdown.ts';
import { connect } from '#src/store/core/redis.ts';
import { createStore } from '#src/store/store.ts';
import { concurrently } from '../../scripts/concurrently.ts';
import { readExample } from '../../scripts/demo/example.ts';
import { testEnvironment } from '../support/environment.ts';
import { startRedisServer } from '../support/redis-server.ts';

const closers: Closer[] = [];
afterEach(async () => {
  expect(await closeAll(closers.splice(0))).toEqual([]);
});

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly exit: Promise<number | null>;
}

/** Starts `node src/main.ts all` as an operator would, and waits until it says where it is. */
async function startMain(env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(process.execPath, ['src/main.ts', 'all'], {
    env: { PATH: process.env.PATH, ...env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  closers.push(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { url } = JSON.parse(line);
    if (url === undefined) continue;
    child.stdout?.resume();
    return { child, url, exit };
  }
  throw new Error('the service ended before it was up');
}

/** A Redis and a mail server that outlive the service, and an example prefecture to join. */
async function prepare(onMail: (messages: number) => void) {
  const directory = await mkdtemp(join(tmpdir(), 'tirage-shutdown-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  const redis = await startRedisServer();
  closers.push(() => redis.stop());
  // A file per Message-ID: the same message twice is one.
  const messages = new Set<string>();
  const onMessage = (file: string) => onMail(messages.add(file).size);
  const sink: MailSink = await createMailSink({ directory, onMessage });
  closers.push(() => sink.close());
  const connection = connect(redis.url);
  closers.push(() => connection.quit());
  const store = createStore(connection);
  const { id, settings, sites, requestTypes, rules } = readExample();
  await store.prefectures.create(id, { settings, sites, requestTypes, rules });
  return {
    directory,
    store,
    prefecture: id,
    env: { ...testEnvironment(redis.url, sink.url), WORK_TRIES: '0' },
  };
}

const joinRequest = (index: number) => ({
  requestType: 'AES',
  person: {
    name: 'Test Exemple',
    document: { kind: 'passport', country: 'XXA', number: `EX${100000 + index}` },
  },
  contact: { email: `p${index}@example.org` },
  language: 'fr',
});

test('a stop under load loses no acknowledged join, breaks none off, and no message is lost', {
  timeout: 60_000,
}, async () => {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  let wanted = Number.POSITIVE_INFINITY;
  const check = (count: number) => count >= wanted && resolve();
  const { directory, store, prefecture, env } = await prepare(check);

  const first = await startMain(env);
  const joined: string[] = [];
  const statuses = new Set<number>();
  let broken = 0;
  await concurrently(
    Array.from({ length: 600 }, (_, index) => index),
    40,
    async (index) => {
      if (index === 150) first.child.kill('SIGTERM');
      try {
        const answer = await fetch(`${first.url}/v1/prefectures/${prefecture}/entries`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(joinRequest(index)),
        });
        statuses.add(answer.status);
        const { id } = (await answer.json()) as { id: string };
        if (answer.status === 201) joined.push(id);
      } catch {
        broken += 1; // refused: the service no longer listens
      }
    },
  );
  expect(await first.exit).toBe(0);
  expect([...statuses]).toEqual([201]);
  expect(joined.length).toBeGreaterThan(100);
  expect(broken).toBeGreaterThan(0);

  const stored = await store.entries.getMany(prefecture, joined);
  expect(stored.filter((entry) => entry === undefined)).toEqual([]);

  const counts = await store.entries.counts(prefecture);
  wanted = counts.reduce((sum, { entries }) => sum + entries, 0);
  // Nobody was cut off between the write and the answer.
  expect(wanted).toBe(joined.length);
  const files = async () => (await readdir(directory)).filter((name) => name.endsWith('.eml'));
  const second = await startMain(env);
  if ((await files()).length < wanted) await enough;
  second.child.kill('SIGTERM');
  expect(await second.exit).toBe(0);
  expect(await files()).toHaveLength(wanted);
});

test('production refuses a Redis that forgets, before it listens', async () => {
  const { env } = await prepare(() => {});
  const forgetful = await startRedisServer(['--appendonly', 'no']);
  closers.push(() => forgetful.stop());
  const child = spawn(process.execPath, ['src/main.ts', 'api'], {
    env: {
      PATH: process.env.PATH,
      ...env,
      REDIS_URL: forgetful.url,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://tirage.example.org',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(text).toContain('appendonly is off');
  expect(text).not.toContain('    at ');
});
