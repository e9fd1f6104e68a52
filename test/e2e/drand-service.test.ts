import { once } from 'node:events';
import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { drandTimeOf, QUICKNET } from '#src/allocator/entropy/drand.ts';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { readConfig } from '#src/config/config.ts';
import { newAgentKey } from '#src/identity/keys/agent-keys.ts';
import { type Service, startService } from '#src/service.ts';
import { type Closer, closeAll } from '#src/shutdown.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { queuePrefix } from '#src/store/core/queues.ts';
import { accessibilityFaults, hasBrowser, openBrowser } from '../support/browser.ts';
import { testEnvironment } from '../support/environment.ts';
import { redisUrl } from '../support/redis.ts';
import { MANNERS, openRelay } from '../support/relays.ts';
import { sampleEntry, samplePrefecture, sampleSlot } from '../support/samples.ts';

// The whole service, with its BullMQ workers and its wiring, and a draw tied to drand's round 1000:
// no relay gives it at first. Then the browser checks that very draw, on the service's own page.

const round = 1000;
const time = { nowMs: (drandTimeOf(round) - 41) * 1000 };
const closers: Closer[] = [];
let service: Service;
let relays: Awaited<ReturnType<typeof openRelay>>[];
let delayed: QueueEvents;
let draws: Queue;
let key = '';
afterAll(async () => {
  expect(await closeAll(closers)).toEqual([]);
});

beforeAll(async () => {
  const connection = new Redis(redisUrl(), { maxRetriesPerRequest: null });
  await connection.flushdb();
  relays = await Promise.all([openRelay(MANNERS.otherRound), openRelay(MANNERS.down)]);
  closers.push(...relays.map((relay) => relay.close));
  const config = readConfig({
    ...testEnvironment(redisUrl(), 'smtp://127.0.0.1:9'),
    ENTROPY_SOURCE: 'drand',
    DRAND_RELAYS: relays.map(({ url }) => url).join(','),
  });
  const logger = pino({ level: 'silent' });
  service = await startService({
    config,
    role: 'all',
    clock: () => time.nowMs,
    playsTime: true,
    logger,
  });
  closers.push(() => service.stop());
  delayed = new QueueEvents('draws', { connection, prefix: queuePrefix('draws') });
  draws = new Queue('draws', { connection, prefix: queuePrefix('draws') });
  await delayed.waitUntilReady();
  closers.push(async () => {
    await delayed.close();
    await draws.close();
    connection.disconnect();
  });
  const { store } = service;
  await store.prefectures.create('92', samplePrefecture());
  await store.slots.importAll('92', [sampleSlot({ id: 's1', capacity: 2 })], time.nowMs);
  for (const id of ['e1', 'e2', 'e3', 'e4', 'e5']) {
    const entry = sampleEntry({ id, state: 'waiting', identity: id.padEnd(22, '-') });
    await store.entries.join('92', entry, { messages: [] });
  }
  const made = newAgentKey();
  const agent = { id: made.id, role: 'supervisor', label: 'x', hash: made.hash } as const;
  await store.agents.put('92', { ...agent, createdAtMs: time.nowMs });
  key = made.key;
});

const Id = z.object({ id: z.string() });
const View = z.looseObject({ state: z.string(), outcomeHash: z.string().nullable() });
const draw = { id: '', record: '' };
const get = (path: string) => fetch(`${service.url}/v1/prefectures/92/draws/${draw.id}${path}`);
const plan = async (at?: string) => {
  const planned = await fetch(`${service.url}/v1/prefectures/92/draws`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'audit-reason': 'a test',
    },
    body: JSON.stringify({ at }),
  });
  return Id.parse(await planned.json());
};
const view = async () => View.parse(await (await get('')).json());
const metric = async (name: string) =>
  (await (await fetch(`${service.url}/metrics`)).text())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`));

/** Does something after which a worker puts off its question; answers with the job that will ask. */
async function untilPutOff(act: () => Promise<void>): Promise<string> {
  const event = once(delayed, 'delayed');
  await act();
  const [found]: { jobId?: string }[] = await event;
  const jobId = found?.jobId ?? '';
  expect(jobId).toMatch(/^entropy\./);
  return jobId;
}

/** Lets the time of a question come. */
async function ask(jobId: string, afterMs: number): Promise<void> {
  time.nowMs += afterMs;
  await (await draws.getJob(jobId))?.promote();
}

// The page checks the draw that was held before.
describe('one draw', { shuffle: false }, () => {
  describe('a draw tied to drand', () => {
    test('waits for its round, and for a relay that gives it, in the real workers', async () => {
      const first = await untilPutOff(async () => {
        draw.id = (await plan()).id;
      });
      expect(await view()).toMatchObject({
        state: 'frozen',
        entropy: { source: 'drand', chain: QUICKNET.chain, round, strength: 'public_beacon' },
      });
      expect(relays.flatMap(({ asked }) => asked)).toEqual([]);

      const second = await untilPutOff(() => ask(first, 45_000));
      const third = await untilPutOff(() => ask(second, 75_000));
      expect((await view()).state).toBe('frozen');
      expect(await metric('tirage_entropy_wait_seconds')).toEqual([
        'tirage_entropy_wait_seconds{prefecture="92"} 78',
      ]);
      // A sweep may have asked once more: each question counts for each relay.
      const failed = (await metric('tirage_relay_failures_total')).join('\n');
      for (const [at, reason] of ['other_round', 'unreachable'].entries()) {
        const { host } = new URL(relays[at]?.url ?? '');
        const found = new RegExp(`\\{relay="${host}",reason="${reason}"\\} (\\d+)`).exec(failed);
        expect(Number(found?.[1]), failed).toBeGreaterThanOrEqual(2);
      }

      relays[1]?.turn(MANNERS.good);
      const completed = Promise.withResolvers<void>();
      delayed.on('completed', async () => {
        if ((await view()).state === 'published') completed.resolve();
      });
      await ask(third, 30_000);
      await completed.promise;
      delayed.removeAllListeners('completed');
      expect(await metric('tirage_entropy_wait_seconds')).toEqual([
        'tirage_entropy_wait_seconds{prefecture="92"} 0',
      ]);
      const asked = relays.flatMap(({ asked: urls }) => urls);
      expect(new Set(asked)).toEqual(new Set([`/${QUICKNET.chain}/public/${round}`]));

      const record = await get('/record');
      expect(record.headers.get('tirage-entropy')).toBe('drand; strength=public_beacon');
      draw.record = await record.text();
      const verdict = verifyRecord(draw.record.split(/(?<=\n)/), { sha256: nodeSha256 });
      expect(verdict).toMatchObject({ verdict: 'verified', entropy: 'drand', winners: 2 });
    });
  });

  describe.skipIf(!hasBrowser)('the page /verify of the service', () => {
    test('checks that draw in a Web Worker, then refuses a copy with another winner', async () => {
      const browser = await openBrowser();
      closers.push(() => browser.close());
      const page = await browser.newPage();
      page.setDefaultTimeout(20_000);
      const faults: string[] = [];
      let workers = 0;
      page.on('console', (message) => faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('worker', () => {
        workers += 1;
      });
      await page.goto(`${service.url}/p/92?lang=en`);
      await page.getByRole('link', { name: `check ${draw.id}` }).click();
      const verdict = page.locator('[data-verdict]');
      await verdict.waitFor();
      expect(await verdict.getAttribute('data-verdict')).toBe('verified');
      const shown = await verdict.textContent();
      for (const text of [draw.id, 'balise publique drand', (await view()).outcomeHash]) {
        expect(shown).toContain(text);
      }
      expect(shown).toContain(nodeSha256.hex(Buffer.from(draw.record)));
      expect(await accessibilityFaults(page)).toEqual([]);

      const winner = /\{"entry":"(e\d)","kind":"winner","slot":"s1"\}/.exec(draw.record);
      const loser = ['e1', 'e2', 'e3', 'e4', 'e5'].find(
        (id) => !draw.record.includes(`"${id}","kind":"winner"`),
      );
      const lines = draw.record.slice(0, winner?.index).split('\n').length;
      const changed = draw.record.replace(
        `"${winner?.[1]}","kind":"winner"`,
        `"${loser}","kind":"winner"`,
      );
      const buffer = Buffer.from(changed);
      const file = { name: 'changed.ndjson', mimeType: 'application/x-ndjson', buffer };
      await page.locator('#file').setInputFiles(file);
      await page.locator('[data-verdict=differs]').waitFor();
      expect(await verdict.textContent()).toContain(`Line ${lines} of the file`);
      expect([workers, page.workers().length, faults]).toEqual([2, 0, []]);

      // A draw without a result: the page says why there is nothing to check.
      const { id } = await plan('2023-08-24T10:00:00Z');
      await service.store.draws.void('92', id, { reason: 'a reason', agent: 'k1' }, time.nowMs);
      await page.goto('about:blank');
      await page.goto(`${service.url}/verify#/v1/prefectures/92/draws/${id}/record`);
      await page.getByText(`draw ${id} was given up before its freeze`).waitFor();
    });
  });
});
