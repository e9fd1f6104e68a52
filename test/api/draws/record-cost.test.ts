import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { packPart } from '#src/store/draws/gzip-parts.ts';
import { exchange, join, prefecture, useApi } from '../harness.ts';
import { useMissedDraws } from '../participation/missed-draws.ts';

/** Reading may be ten times as much: 400. */
const api = useApi({ requestsPerMinute: 40 });
const { draw } = useMissedDraws(api);

/** A drawn record with so many parts more: larger than any that a test would draw. */
async function largeRecord(parts: number, text: () => string): Promise<string> {
  await join(api);
  const id = await draw();
  const key = keysOf(prefecture).drawInput(id);
  for (let part = 0; part < parts; part += 1) await api.redis.rpush(key, packPart(text()));
  return `${api.origin()}/v1/prefectures/${prefecture}/draws/${id}/record`;
}

const read = (url: string, address: string, headers: Record<string, string> = {}) =>
  exchange(url, 'GET', undefined, { 'x-forwarded-for': address, ...headers });
const gzip = { 'accept-encoding': 'gzip' };

test('a record counts by its size, unpacked four times as much, and one is always to be had', async () => {
  const url = await largeRecord(157, () => 'x\n');
  const first = await read(url, '192.0.2.1', gzip);
  // A request, the manifest, slots and entries, the result, a page of events, and 157 more.
  expect(first.headers.get('ratelimit-remaining')).toBe(String(400 - 1 - 4 - 157));
  expect(gunzipSync(first.bytes).toString()).toContain('x\nx\n');
  const kept = { ...gzip, 'if-none-match': first.headers.get('etag') ?? '' };
  expect((await read(url, '192.0.2.1', kept)).status).toBe(304);
  expect((await read(url, '192.0.2.1', gzip)).status).toBe(200);
  expect((await read(url, '192.0.2.1', gzip)).status).toBe(200);
  const refused = await read(url, '192.0.2.1', gzip);
  expect([refused.status, refused.headers.get('content-encoding')]).toEqual([429, null]);
  const plain = await read(url, '192.0.2.2');
  expect([plain.status, plain.headers.get('ratelimit-remaining')]).toEqual([200, '0']);
  expect((await read(url, '192.0.2.2', gzip)).status).toBe(429);
  expect((await read(url, '192.0.2.3', gzip)).status).toBe(200);
});

test('of large answers that nobody reads, one address has sixteen, and others theirs', async () => {
  const noise = () => `${randomBytes(500_000).toString('hex')}\n`;
  const url = await largeRecord(12, noise);
  const open = async (address: string) => {
    const sent = get(url, { headers: { 'x-forwarded-for': address, ...gzip }, agent: false });
    sent.on('error', () => {});
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    onTestFinished(() => void sent.destroy());
    return { status: answer.statusCode, end: () => sent.destroy() };
  };
  const opened = [];
  for (let n = 0; n < 16; n += 1) opened.push(await open('192.0.2.4'));
  expect(opened.map(({ status }) => status)).toEqual(Array(16).fill(200));
  expect((await open('192.0.2.4')).status).toBe(429);
  expect((await open('192.0.2.5')).status).toBe(200);
  for (const { end } of opened) end();
  await expect.poll(async () => (await open('192.0.2.4')).status).toBe(200);
});
