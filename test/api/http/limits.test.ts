import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createApp } from '#src/api/http/app.ts';
import { createBatchedCounter } from '#src/api/http/batched-counter.ts';
import { connect } from '#src/store/core/redis.ts';
import { LimitStore } from '#src/store/limits/store.ts';
import { wideBlock } from '#src/usecases/limits/address-block.ts';
import { redisUrl } from '../../support/redis.ts';
import { exchange, hourMs, join, joinRequest, minuteMs, prefecture, useApi } from '../harness.ts';

const api = useApi({ requestsPerMinute: 20, messagesPerHour: 3, attemptsPerHour: 2 });
let callers = 0;
/** Another address for each, where the limit of addresses is not what a test is about. */
const elsewhere = () => {
  callers += 1;
  return { 'x-forwarded-for': `198.51.${Math.floor(callers / 250)}.${callers % 250}` };
};
const from = (address: string) => ({ json: { wrong: 1 }, headers: { 'x-forwarded-for': address } });

describe('address blocks', () => {
  test('two processes count together', async () => {
    const other = createServer(createApp(api.deps()));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // it listens on TCP
    const url = `http://127.0.0.1:${port}/v1/prefectures/${prefecture}/entries`;
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' };
    for (let sent = 0; sent < 10; sent += 1) {
      await api.call('POST', '/entries', from('192.0.2.7'));
      expect((await exchange(url, 'POST', '{}', headers)).status).toBe(400);
    }
    expect((await api.call('POST', '/entries', from('192.0.2.7'))).status).toBe(429);
    expect((await exchange(url, 'POST', '{}', headers)).status).toBe(429);
    other.closeAllConnections();
    other.close();
  });

  test('a minute later there is room again', async () => {
    for (let sent = 0; sent < 20; sent += 1) await api.call('POST', '/entries', from('192.0.2.8'));
    const refused = await api.call('POST', '/entries', from('192.0.2.8'));
    const seconds = Number(refused.headers.get('retry-after'));
    expect([refused.status, refused.headers.get('ratelimit-reset')]).toEqual([
      429,
      String(seconds),
    ]);
    api.time.nowMs += seconds * 1000;
    expect((await api.call('POST', '/entries', from('192.0.2.8'))).status).toBe(400);
  });

  test('a /48 that spreads over its /64s is stopped at eight times as much', async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 161; sent += 1) {
      const block = (sent % 16).toString(16);
      statuses.push((await api.call('POST', '/entries', from(`2001:db8:5:${block}::1`))).status);
    }
    expect(statuses.indexOf(429)).toBe(160);
  });

  test('no address stands in Redis as it was sent', async () => {
    await api.call('POST', '/entries', from('192.0.2.99'));
    const keys = await api.redis.keys('*limit*');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toContain('192.0.2');
    expect(await api.redis.ttl(keys[0] ?? '')).toBeGreaterThan(0);
  });

  test('the first count may share a pipeline with other commands', async () => {
    const connection = connect(redisUrl(), { enableAutoPipelining: true });
    await connection.ping();
    const limits = new LimitStore(connection);
    const first = connection.get('anything'); // opens the pipeline
    const counted = { name: 'first', windowSeconds: 60, nowMs: 0 };
    const counts = [limits.add(counted, 1), limits.add(counted, 1)];
    expect([await first, ...(await Promise.all(counts))]).toEqual([null, 1, 2]);
    expect(await limits.read(counted)).toBe(2);
    expect(limits.unshared).toBe(0);
    await connection.quit();
  });

  test('without Redis each process goes on counting for itself', async () => {
    const { limits } = api.store;
    await api.redis.set('tirage:limit:broken:0', 'no number');
    const counted = { name: 'broken', windowSeconds: 60, nowMs: 0 };
    expect([await limits.add(counted, 1), await limits.add(counted, 1)]).toEqual([1, 2]);
    expect(limits.unshared).toBe(2);
  });
});

test('a token is limited wherever it is used from', async () => {
  const { id, token } = await join(api, {}, { verified: false });
  const change = () =>
    api.call('PATCH', `/entries/${id}`, { token, json: { accepts: null }, headers: elsewhere() });
  for (let sent = 0; sent < 20; sent += 1) expect((await change()).status).toBe(200);
  const { status, headers } = await change();
  expect([status, headers.get('ratelimit-remaining')]).toEqual([429, '0']);
  expect(headers.get('retry-after')).not.toBeNull();
});

describe('mailboxes', () => {
  const joinAs = (email: string) =>
    api.call('POST', '/entries', {
      json: joinRequest({ contact: { email } }),
      headers: elsewhere(),
    });

  test('one gets only so many messages at once, then one a minute, however it is written', async () => {
    for (const email of ['ada@example.org', 'Ada@example.org', 'ada+two@EXAMPLE.org']) {
      expect((await joinAs(email)).status).toBe(201);
    }
    const { status, headers, body } = await joinAs('ada+more@example.org');
    expect([status, body.code, body.member]).toEqual([429, 'requests_too_many', 'contact']);
    expect(await api.store.messages.due(prefecture, 10)).toHaveLength(3);
    expect((await joinAs('someone.else@example.org')).status).toBe(201);
    expect(Number(headers.get('retry-after'))).toBe(60);
    api.time.nowMs += Number(headers.get('retry-after')) * 1000;
    expect((await joinAs('ada@example.org')).status).toBe(201);
  });
});

test('who tries a person again and again is stopped; the person is not', async () => {
  const request = joinRequest();
  const again = () => api.call('POST', '/entries', { json: request, headers: elsewhere() });
  expect((await again()).status).toBe(201);
  const codes = [await again(), await again(), await again()].map(({ body }) => body.code);
  expect(codes).toEqual(['entry_duplicate', 'entry_duplicate', 'requests_too_many']);
  api.time.nowMs += hourMs;
  // The code of the first has expired meanwhile, so its entry makes way.
  expect((await again()).status).toBe(201);
});

describe('lots', () => {
  test('few requests of a block cost no round trip, many one in a lot', async () => {
    const told: number[] = [];
    const counter = createBatchedCounter({
      windowSeconds: 60,
      tell: async (_name, points) => {
        told.push(points);
        return told.reduce((sum, one) => sum + one, 0);
      },
    });
    for (let sent = 1; sent <= 130; sent += 1) expect(await counter('a', 120, 0)).toBe(sent);
    expect(told).toEqual(Array(21).fill(6)); // what is above the limit is told to nobody
    expect(await counter('a', 120, minuteMs)).toBe(1);
  });

  test('what others used up is known after a lot', async () => {
    const counter = createBatchedCounter({ windowSeconds: 60, tell: async () => 500 });
    const seen: number[] = [];
    for (let sent = 0; sent < 7; sent += 1) seen.push(await counter('a', 120, 0));
    expect(seen).toEqual([1, 2, 3, 4, 5, 500, 501]);
  });
});

test.each([
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['0:0:0:0::/64', '0:0:0::/48'],
  ['192.0.2.1', undefined],
])('around %s lies %s', (block, wide) => {
  expect(wideBlock(block)).toBe(wide);
});
