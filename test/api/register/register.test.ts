import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '#src/api/http/app.ts';
import { merkleRoot } from '#src/base/merkle.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { createStore } from '#src/store/store.ts';
import { parseCheckpoint, parseNoteKey } from '#src/transparency/checkpoint.ts';
import { isConsistent, isIncluded } from '#src/transparency/proof.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { redisUrl } from '../../support/redis.ts';
import { eventLeaves, signerOf } from '../../support/register.ts';
import { exchange, hourMs, prefecture, useApi } from '../harness.ts';

const api = useApi();
const keys = keysOf(prefecture);

async function sign(): Promise<void> {
  await signRegister({ ...api.deps(), witnesses: [] }, prefecture);
}

async function grow(count: number): Promise<void> {
  const from = await api.redis.llen(keys.registerLeaves);
  await api.redis.rpush(keys.registerLeaves, ...eventLeaves(count, from));
  await sign();
}

const get = (path: string, headers: Record<string, string> = {}) =>
  api.call('GET', `/register${path}`, { headers });
const page = async (path: string) =>
  (await exchange(`${api.origin()}${path}`, 'GET', undefined, {})).text;
const maxAge = (headers: Headers) => headers.get('cache-control');
const immutable = 'public, max-age=31536000, immutable';

describe('before anything is signed', () => {
  test('there is no checkpoint, and everything else is empty', async () => {
    expect((await get('/checkpoint')).body).toMatchObject({ code: 'checkpoint_unavailable' });
    expect((await get('/heads')).body).toEqual({ heads: [], next: null });
    expect((await get('/entries')).text).toBe('');
    expect((await get('/counts')).body).toMatchObject({ leaves: 0, void: 0, priority: null });
    expect((await get('/inclusion?index=0&size=1')).body).toMatchObject({ code: 'tree_not_found' });
    expect(await page('/p/92')).toContain('Le registre est encore vide.');
  });

  test('what is appended and not signed yet is not shown', async () => {
    await grow(2);
    await api.redis.rpush(keys.registerLeaves, ...eventLeaves(5, 2));
    const { text, headers } = await get('/entries?limit=3');
    expect(text.split('\n')).toHaveLength(3);
    expect(maxAge(headers)).toBe('public, max-age=5');
    expect((await get('/inclusion?index=2&size=3')).status).toBe(404);
  });
});

describe('anyone', () => {
  beforeEach(async () => {
    await grow(300);
    await grow(20);
  });

  test('can read all of it and come to the signed root alone', async () => {
    const { text, headers } = await get('/checkpoint');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    const { origin, size, root } = parseCheckpoint(text);
    const { body } = await get('/keys');
    expect(body.origin).toBe(origin);
    const [key] = body.keys;
    const { publicKey } = parseNoteKey(key.verifierKey, nodeSha256);
    expect(Buffer.from(publicKey).toString('base64url')).toBe(key.jwk.x);
    expect(signerOf(text, [{ keyId: key.keyId, publicKey }])).toBe(key.keyId);
    const pages = [await get('/entries?limit=300'), await get('/entries?from=300&limit=300')];
    expect(pages.map((page) => maxAge(page.headers))).toEqual([immutable, 'public, max-age=5']);
    const leaves = pages.flatMap((page) => page.text.split('\n').filter((line) => line !== ''));
    expect(leaves).toHaveLength(size);
    expect(merkleRoot(leaves, nodeSha256)).toBe(root);
  });

  test('gets proofs that hold, and never change', async () => {
    const { heads, next } = (await get('/heads?limit=2')).body;
    expect(heads.map(({ size }: { size: number }) => size)).toEqual([300, 320]);
    expect(next).toBe(2);
    const { body: included, headers } = await get('/inclusion?index=299&size=320');
    const leaf = eventLeaves(1, 299)[0] ?? '';
    expect(isIncluded({ leaf, ...included, root: heads[1].root }, nodeSha256)).toBe(true);
    expect(isIncluded({ leaf, ...included, index: 298 }, nodeSha256)).toBe(false);
    expect(maxAge(headers)).toBe(immutable);
    const { body: consistent } = await get('/consistency?first=300&second=320');
    expect(consistent).toMatchObject({ firstRoot: heads[0].root, secondRoot: heads[1].root });
    const { first: firstSize, second: size, firstRoot, secondRoot: root, proof } = consistent;
    expect(isConsistent({ firstSize, firstRoot, size, root, proof }, nodeSha256)).toBe(true);
    const etag = headers.get('etag') ?? '';
    const again = await get('/inclusion?index=299&size=320', { 'if-none-match': etag });
    expect(again.status).toBe(304);
  });

  test.each([
    ['/inclusion?index=320&size=320', 'leaf_not_found'],
    ['/inclusion?index=0&size=321', 'tree_not_found'],
    ['/consistency?first=0&second=320', 'tree_not_found'],
    ['/consistency?first=320&second=300', 'tree_not_found'],
    ['/consistency?first=1&second=9007199254740991', 'tree_not_found'],
    ['/inclusion?index=-1&size=3', 'request_invalid'],
    ['/inclusion?index=1e99&size=3', 'request_invalid'],
    ['/entries?limit=1001', 'request_invalid'],
    ['/heads?limit=101', 'request_invalid'],
  ])('%s is refused: %s', async (path, code) => {
    expect((await get(path)).body).toMatchObject({ code });
  });

  test('sees the newest head on the page, in French and in English', async () => {
    const { root } = parseCheckpoint((await get('/checkpoint')).text);
    for (const [path, words] of [
      ['/p/92', 'Nombre de lignes'],
      ['/p/92?lang=en', 'Number of lines'],
    ] as const) {
      const text = await page(path);
      expect(text).toContain(words);
      expect(text).toContain('<dd>320</dd>');
      expect(text).toContain(root);
      expect(text).toContain('href="/v1/prefectures/92/register/checkpoint"');
    }
  });

  test('gets the same from another process of the API', async () => {
    const redis = new Redis(redisUrl());
    const server = createServer(createApp({ ...api.deps(), store: createStore(redis) }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // it listens on TCP
    for (const path of ['checkpoint', 'entries?limit=320', 'inclusion?index=3&size=320']) {
      const url = `http://127.0.0.1:${port}/v1/prefectures/92/register/${path}`;
      const { text } = await exchange(url, 'GET', undefined, {});
      expect(text).toBe((await get(`/${path}`)).text);
    }
    server.closeAllConnections();
    server.close();
    await redis.quit();
  });
});

test('a plan, its end, new rules and their counts are in the register, by what agents do', async () => {
  const token = await api.keyOf('admin');
  const at = new Date(api.time.nowMs + hourMs).toISOString();
  const planned = await api.call('POST', '/draws', { token, json: { at } });
  expect(planned.status).toBe(201);
  const reason = 'the places were wrong';
  await api.call('POST', `/draws/${planned.body.id}/void`, { token, json: { reason } });
  await api.call('PUT', '/rules', { token, json: { quotas: { renewal: { max: 2 } } } });
  await sign();
  const leaves = (await get('/entries')).text.split('\n').filter((line) => line !== '');
  const [scheduled, voided, rules] = leaves.map((leaf) => JSON.parse(leaf));
  expect(scheduled).toMatchObject({ kind: 'scheduled', draw: planned.body.id });
  expect(scheduled.plannedAt).toBe(`${at.slice(0, 19)}Z`);
  expect(voided).toMatchObject({ kind: 'superseded', draw: planned.body.id, reason });
  expect(rules).toMatchObject({ kind: 'rules', rules: { quotas: { renewal: { max: 2 } } } });
  expect((await get('/counts')).body).toEqual({
    ...{
      leaves: 3,
      scheduled: 1,
      drawn: 0,
      weaker: 0,
      void: 0,
      superseded: 1,
      skipped: 0,
      repeated: 0,
      afterVoid: 0,
      events: 0,
      ruleChanges: 1,
      closedSlots: [],
      revoked: [],
    },
    priority: null,
    channels: null,
    parties: null,
    carried: 0,
  });
  await api.deps().waker.close();
  expect(await api.queues().register.getWaitingCount()).toBe(1);
});

test('counts of priority come with the manifest, by request type and by ground', async () => {
  const at = '2026-12-01T08:00:00Z';
  const leaf = {
    ...{ at, counts: { renewal: 7 }, draw: 'd1', kind: 'priority', other: 3 },
    ...{ grounds: { health: 6 }, otherGrounds: 4 },
  };
  await api.redis.rpush(keys.registerLeaves, JSON.stringify(leaf));
  await sign();
  expect((await get('/counts')).body.priority).toEqual({
    draw: 'd1',
    requestTypes: [{ requestType: 'renewal', entries: 7 }],
    other: 3,
    grounds: [{ ground: 'health', entries: 6 }],
    otherGrounds: 4,
  });
});
