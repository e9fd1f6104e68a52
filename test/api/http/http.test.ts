import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { addressBlock } from '#src/usecases/limits/address-block.ts';
import { join, joinRequest, prefecture, useApi, verify } from '../harness.ts';

const api = useApi({ requestsPerMinute: 60 });
const json = joinRequest();

describe('problems', () => {
  test.each([
    ['bad JSON', { raw: '{"a":', type: 'application/json' }, 400, 'body_malformed'],
    ['JSON that is no object', { raw: '3', type: 'application/json' }, 400, 'body_malformed'],
    ['no body', { type: 'application/json' }, 400, 'request_invalid'],
    [
      'another media type',
      { raw: 'a=b', type: 'application/x-www-form-urlencoded' },
      415,
      'media_type_unsupported',
    ],
    ['CSV where only JSON is taken', { raw: 'a', type: 'text/csv' }, 415, 'media_type_unsupported'],
    [
      'an unknown charset',
      { raw: '{}', type: 'application/json; charset=klingon' },
      415,
      'media_type_unsupported',
    ],
    ['more than 64 kB', { json: { ...json, x: 'x'.repeat(65_536) } }, 413, 'body_too_large'],
    [
      'an unknown encoding',
      { json, headers: { 'content-encoding': 'secret' } },
      415,
      'media_type_unsupported',
    ],
  ])('%s', async (_what, options, status, code) => {
    const reply = await api.call('POST', '/entries', options);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.body).toMatchObject({ type: `urn:tirage:problem:${code}`, status });
  });

  test('more than 10 MB of CSV is refused', async () => {
    const token = await api.keyOf('admin');
    const raw = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    const { status, body } = await api.call('POST', '/slots', { token, raw, type: 'text/csv' });
    expect([status, body.code]).toEqual([413, 'body_too_large']);
  });

  test('an address that is none is 404, a method that is none 405 with those that are', async () => {
    for (const path of [
      '/v1',
      '/v2/x',
      '/v1/prefectures',
      `/v1/prefectures/${prefecture}/nothing`,
    ]) {
      const { status, body } = await api.send('GET', path);
      expect([status, body.code]).toEqual([404, 'route_not_found']);
    }
    const { status, body, headers } = await api.call('PUT', '/entries/0000000000000000');
    expect([status, body.code]).toEqual([405, 'method_not_allowed']);
    expect(headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH']);
  });

  test('a path that cannot be decoded is the mistake of who sent it', async () => {
    const { status, body } = await api.send('GET', '/v1/prefectures/%ff/sites');
    expect([status, body.code]).toEqual([400, 'body_malformed']);
  });

  test('an id with characters that no id has is refused', async () => {
    for (const id of ['a b', '%00', '%2F%2F', 'x'.repeat(49), 'é']) {
      const path = `/draws/${encodeURIComponent(decodeURIComponent(id))}`;
      const { status } = await api.call('GET', path);
      expect([id, [400, 404].includes(status)]).toEqual([id, true]);
    }
  });

  test('a bug is told without detail, and logged with the id of the request', async () => {
    const counts = `tirage:{${prefecture}}:counts`;
    await api.redis.hset(counts, 'secret detail of a bug', '1');
    const answer = await fetch(`${api.origin()}/v1/prefectures/${prefecture}/statistics`);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toEqual({
      type: 'urn:tirage:problem:internal',
      title: 'internal',
      status: 500,
      code: 'internal',
    });
    const id = answer.headers.get('x-request-id') ?? '';
    const told = api.logged.filter((line) => line.includes(id) && line.includes('ZodError'));
    expect(told).toHaveLength(1);
    await api.redis.del(counts);
    const again = await api.call('GET', '/statistics');
    expect(again.status).toBe(200);
  });

  test('members named like those of Object are refused like others', async () => {
    const raw = '{"__proto__":{"admin":true},"constructor":1}';
    const { status } = await api.call('POST', '/entries', { raw, type: 'application/json' });
    expect(status).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  test('a query that is repeated or nested is refused', async () => {
    const token = await api.keyOf('admin');
    for (const query of ['limit=1&limit=2', 'limit[a]=1', 'unknown=1']) {
      expect((await api.call('GET', `/slots?${query}`, { token })).status).toBe(400);
    }
  });
});

describe('headers', () => {
  test('say nothing of the server, and let nothing run', async () => {
    const { headers } = await api.call('GET', '');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('a safe request id is kept, another replaced', async () => {
    const idOf = async (given?: string) =>
      (
        await api.call('GET', '', given === undefined ? {} : { headers: { 'x-request-id': given } })
      ).headers.get('x-request-id');
    for (const safe of ['7d4f1c02a9b3e856', '0E9C6A7E-52b1-4cb4-9a55-1f1f0c7b2d11']) {
      expect(await idOf(safe)).toBe(safe);
    }
    const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
    for (const given of [
      undefined,
      'a',
      'x'.repeat(65),
      'id with spaces',
      '"quoted-id"',
      'ada-exemple-2',
    ]) {
      expect(await idOf(given)).toMatch(uuid);
    }
  });
});

describe('logs', () => {
  test('hold ids, and nothing personal or secret', async () => {
    const person = {
      name: 'Zoé Très-Privée',
      document: { kind: 'agdref', number: '9876543210' },
    };
    const contact = { email: 'zoe.privee@example.org', phone: '+33639980001' };
    const key = '0c2e1f0a-secret-idempotency-key';
    const { body } = await api.call('POST', '/entries', {
      json: joinRequest({ person, contact }),
      headers: { 'idempotency-key': key },
    });
    await api.call('POST', '/entries', { json: joinRequest({ person, contact }) });
    await verify(api, body.id);
    await api.call('GET', `/entries/${body.id}`, { token: body.token });
    const token = await api.keyOf('admin');
    await api.call('POST', '/entry-search', { token, json: { document: person.document } });
    const signature = api.tokens.signAnswer({
      prefecture,
      offer: `d.${body.id}`,
      action: 'accept',
      expiresAtMs: api.time.nowMs + 1000,
    });
    await api.call('GET', `/offers/d.${body.id}/answer?action=accept&signature=${signature}`);
    const text = api.logged.join('\n');
    const code = api.tokens.code(prefecture, body.id, 1);
    for (const secret of [
      'Priv',
      '9876543210',
      'privee',
      '39980001',
      key,
      body.token,
      token.split('_')[2] ?? '',
      signature,
      `"${code}"`,
      '127.0.0.1',
    ]) {
      expect(text).not.toContain(secret);
    }
    const lines = api.logged.map((line) => JSON.parse(line));
    const search = lines.find(({ operation }) => operation === 'searchEntries');
    expect(search).toMatchObject({ status: 200, method: 'POST', agent: token.split('_')[1] });
    expect(lines.find(({ operation }) => operation === 'join')).toMatchObject({ status: 201 });
  });
});

describe('limits', () => {
  const from = (address: string) => ({
    json: { wrong: 1 },
    headers: { 'x-forwarded-for': address },
  });

  test('each address block has its own, and is told how much is left', async () => {
    for (let left = 59; left >= 0; left -= 1) {
      const { status, headers } = await api.call('POST', '/entries', from('192.0.2.1'));
      expect([status, headers.get('ratelimit-remaining')]).toEqual([400, String(left)]);
    }
    const refused = await api.call('POST', '/entries', from('192.0.2.1'));
    expect([refused.status, refused.body.code]).toEqual([429, 'requests_too_many']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-limit')).toBe('60');
    expect((await api.call('POST', '/entries', from('192.0.2.2'))).status).toBe(400);
    expect(
      (await api.call('GET', '', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status,
    ).toBe(200);
    const { values } = await api.deps().metrics.requestsRefused.get();
    expect(values[0]?.value).toBe(1);
  });

  test('a client cannot change its address by forging what proxies add', async () => {
    for (let at = 0; at < 61; at += 1) {
      await api.call('POST', '/entries', from(`198.51.100.${at}, 192.0.2.9`));
    }
    const { status } = await api.call('POST', '/entries', from('203.0.113.1, 192.0.2.9'));
    expect(status).toBe(429);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });
});

test('a client that hangs up in the middle of a body leaves the service well', async () => {
  const { port } = new URL(api.origin());
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /v1/prefectures/${prefecture}/entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"`,
  );
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.destroy();
  expect((await join(api)).id).toBeTruthy();
});
