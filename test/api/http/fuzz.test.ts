import { Agent, request as httpRequest } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FuzzRequest, requestsTo } from '../../support/fuzz-requests.ts';
import { drawReally } from '../../support/real-draw.ts';
import { sampleSlot } from '../../support/samples.ts';
import { checkAnswer } from '../contract.ts';
import { join, prefecture, useApi } from '../harness.ts';

const api = useApi({ workTries: 0 });

const REQUESTS = 20_000;
const PER_BATCH = 1000;
const AT_ONCE = 16;
/** The longest that anybody waits. */
const PATIENCE_MS = 10_000;
/** What may be left over of all requests: code that was compiled, caches that are full. */
const MOST_GROWTH_BYTES = 48 * 1024 * 1024;

/** Each failure may be seen again: the seed is the same every time. */
const seed = 20261201;

function collectGarbage(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function send(agent: Agent, { method, path, headers, body }: FuzzRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${api.origin()}${path}`,
      { method, headers, agent, timeout: PATIENCE_MS },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const type = (response.headers['content-type'] ?? '').split(';')[0] ?? '';
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, type, text });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What the service says of its last failure, stack and all. */
const lastBug = () => api.logged.findLast((line) => line.includes('"bug"'))?.slice(0, 900) ?? '';

/** What is wrong with an answer; undefined if nothing is. */
async function faultOf(agent: Agent, request: FuzzRequest): Promise<string | undefined> {
  const { method, path, operation } = request;
  const { status, type, text } = await send(agent, request).catch((error: Error) => ({
    status: 0,
    type: '',
    text: error.message,
  }));
  const what = `${operation} ${status} ${method} ${path.slice(0, 200)} ${String(request.body).slice(0, 300)}`;
  if (status === 0 || status >= 500) return `${what}: ${text.slice(0, 300)}`;
  try {
    const { pathname } = new URL(path, api.origin());
    // Express takes a slash at the end for none.
    checkAnswer({ method, path: pathname.replace(/\/+$/, ''), status, type, text });
    return undefined;
  } catch (error) {
    return `${what}: ${String(error).slice(0, 600)}`;
  }
}

/** People in every state, a draw and its offers, keys of every role. */
async function populate() {
  const entries = [];
  for (let at = 0; at < 6; at += 1) entries.push(await join(api, {}, { verified: at !== 0 }));
  const slot = sampleSlot({ id: 'slot-1', start: '2030-01-07T09:00:00+01:00' });
  await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
  await drawReally(api.store, prefecture, '20261201-draw01', api.time.nowMs);
  const ids = entries.map(({ id }) => id);
  const offers = ids.map((id) => `20261201-draw01.${id}`);
  const roles = ['auditor', 'agent', 'supervisor', 'admin', 'admin', 'admin'] as const;
  const keys = await Promise.all(roles.map((role) => api.keyOf(role)));
  const known = {
    prefecture: [prefecture],
    entryId: ids,
    offerId: offers,
    appointmentId: offers,
    drawId: ['20261201-draw01'],
    slotId: ['slot-1'],
    messageId: ids.map((id) => `welcome.${id}.1`),
    name: ['weekly'],
  };
  return { known, tokens: [...keys, ...entries.map(({ token }) => token)] };
}

test('whatever is sent to whatever route, no answer is a failure, late or undocumented, and nothing is left over', {
  timeout: 240_000,
}, async () => {
  const { known, tokens } = await populate();
  const requests = requestsTo(known, tokens);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const faults: string[] = [];
  const seen = new Map<string, number>();
  let before = 0;
  try {
    for (let batch = 0; batch * PER_BATCH < REQUESTS; batch += 1) {
      const some = fc.sample(requests, { numRuns: PER_BATCH, seed: seed + batch });
      const next = some.values();
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const request of next) {
            seen.set(request.operation, (seen.get(request.operation) ?? 0) + 1);
            const fault = await faultOf(agent, request);
            if (fault !== undefined) faults.push(`${fault} ${lastBug()}`);
          }
        }),
      );
      // What the test itself keeps is no leak of the service.
      api.logged.length = 0;
      if (batch === 4) before = collectGarbage();
    }
  } finally {
    agent.destroy();
  }
  expect(faults.slice(0, 20)).toEqual([]);
  expect(Math.min(...seen.values())).toBeGreaterThan(100);
  expect(collectGarbage() - before).toBeLessThan(MOST_GROWTH_BYTES);
});
