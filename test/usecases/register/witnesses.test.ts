import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QueueEvents } from 'bullmq';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createMetrics } from '#src/metrics/metrics.ts';
import { createSignedPost } from '#src/notifications/channels/signed-post.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { queuePrefix, wake, wakeWitness } from '#src/store/core/queues.ts';
import { parseCheckpoint } from '#src/transparency/checkpoint.ts';
import { isConsistent } from '#src/transparency/proof.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { createWitnesses, informWitness } from '#src/usecases/register/witnesses.ts';
import { createWorkers } from '#src/workers/workers.ts';
import { openHouse, prefecture, signer } from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { eventLeaves, signerOf } from '../../support/register.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { register } = house.store;
afterAll(() => house.close());

const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
/** Standard Webhooks refuses old timestamps, so this clock is the real one. */
const clock = () => Date.now();
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Push {
  readonly id: string;
  readonly size: number;
  readonly previousSize: number;
  readonly checkpoint: string;
  readonly consistencyProof: string[];
}

/** A witness that checks every signature and keeps what it is sent, and answers as told. */
async function openWitness(answer: RequestListener, timeoutMs = 2000) {
  const pushes: Push[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    new Webhook(secret).verify(body, headers);
    pushes.push({ id: headers['webhook-id'], ...JSON.parse(body).data });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const post = createSignedPost({ secret, clock, timeoutMs });
  const [witness] = createWitnesses([`http://127.0.0.1:${port}/heads`], post);
  if (!witness) throw new Error('no witness');
  const metrics = createMetrics();
  const deps = { ...house.deps, clock, metrics, witnesses: [witness] };
  return { pushes, witness, deps, inform: () => informWitness(deps, prefecture, witness.id) };
}

async function grow(count: number): Promise<void> {
  const { registerLeaves } = keysOf(prefecture);
  await redis.rpush(registerLeaves, ...eventLeaves(count, await redis.llen(registerLeaves)));
  await signRegister(house.deps, prefecture);
}

const status =
  (code: number): RequestListener =>
  (_request, response) => {
    response.statusCode = code;
    response.end();
  };

describe('a witness', () => {
  test('can check each head against the one it took last, whatever lay between', async () => {
    const { pushes, inform } = await openWitness(status(204));
    await grow(3);
    await inform();
    await grow(300);
    await grow(1);
    await inform();
    await inform();
    expect(pushes.map(({ previousSize, size }) => [previousSize, size])).toEqual([
      [0, 3],
      [3, 304],
    ]);
    const [first, second] = pushes.map(({ checkpoint }) => parseCheckpoint(checkpoint));
    if (!first || !second) throw new Error('two heads were sent');
    const claim = {
      ...{ firstSize: first.size, firstRoot: first.root, size: second.size, root: second.root },
      proof: pushes[1]?.consistencyProof ?? [],
    };
    expect(isConsistent(claim, nodeSha256)).toBe(true);
    expect(pushes.map(({ checkpoint }) => signerOf(checkpoint, signer.keys))).toEqual(['k1', 'k1']);
  });

  test('that is down is sent the newest head later, under one id for one head', async () => {
    let code = 503;
    const { pushes, inform, witness, deps } = await openWitness((request, response) =>
      status(code)(request, response),
    );
    await grow(2);
    await expect(inform()).rejects.toThrow('gateway_failed');
    await expect(inform()).rejects.toThrow('gateway_failed');
    await grow(2);
    expect(await register.accepted(prefecture, witness.id)).toBe(0);
    code = 200;
    await inform();
    expect(new Set(pushes.map(({ id }) => id)).size).toBe(2);
    expect(pushes.at(-1)).toMatchObject({ previousSize: 0, size: 4 });
    expect(await register.accepted(prefecture, witness.id)).toBe(4);
    const told = await deps.metrics.registry.metrics();
    expect(told).toContain('tirage_witness_pushes_total{outcome="failed"} 2');
    expect(told).toContain(`tirage_witness_lag_leaves{prefecture="92",witness="${witness.id}"} 0`);
  });

  test('that does not answer is given up in time, and counts as behind', async () => {
    const { inform, deps } = await openWitness(() => {}, 100);
    await grow(5);
    await expect(inform()).rejects.toThrow('timeout');
    expect(await deps.metrics.registry.metrics()).toMatch(/tirage_witness_lag_leaves\{.*\} 5/);
  });

  test.each([
    [302, 'gateway_refused (302)'],
    [409, 'gateway_refused (409)'],
  ])('that answers %i has taken nothing, and leads nowhere', async (code, reason) => {
    const { inform, witness, pushes } = await openWitness((_request, response) => {
      response.writeHead(code, { location: '/elsewhere' });
      response.end(JSON.stringify({ size: 10 ** 15, root: 'x'.repeat(20_000) }));
    });
    await grow(1);
    await expect(inform()).rejects.toThrow(reason);
    expect(await register.accepted(prefecture, witness.id)).toBe(0);
    expect(pushes).toHaveLength(1);
  });

  test('that answers late does not take back what it took since', async () => {
    await register.accept(prefecture, 'w', 7);
    await register.accept(prefecture, 'w', 5);
    expect(await register.accepted(prefecture, 'w')).toBe(7);
  });

  test('that is no longer configured is left alone', async () => {
    await grow(1);
    await informWitness(house.deps, prefecture, 'abcdef012345');
  });
});

test('however many heads a witness has missed, one job waits for it', async () => {
  const { witness, deps } = await openWitness(status(200));
  for (let head = 0; head < 5; head += 1) {
    await grow(1);
    await signRegister(deps, prefecture);
    await wakeWitness(house.queues, prefecture, witness.id);
  }
  expect(await house.queues.witnesses.getWaitingCount()).toBe(1);
});

test('leaves are signed and sent by the workers, once they are woken', async () => {
  const { deps, pushes } = await openWitness(status(200));
  const connection = house.deps.connect();
  const events = new QueueEvents('witnesses', {
    connection,
    prefix: queuePrefix('witnesses'),
  });
  await events.waitUntilReady();
  closers.push(async () => {
    await events.close();
    connection.disconnect();
  });
  await redis.rpush(keysOf(prefecture).registerLeaves, ...eventLeaves(4));
  const completed = once(events, 'completed');
  const workers = await createWorkers(deps);
  closers.push(() => workers.close());
  await wake(house.queues, 'register', prefecture);
  await completed;
  expect(pushes).toMatchObject([{ size: 4, previousSize: 0 }]);
});
