import { describe, expect, test } from 'vitest';
import { DATA_VERSION } from '#src/store/core/data-version.ts';
import { DATA_VERSION_KEY, keysOf } from '#src/store/core/keys.ts';
import { join, joinRequest, useApi } from '../harness.ts';

const api = useApi();

describe('health', () => {
  test('live answers whatever happens, ready only while requests are welcome', async () => {
    expect(await api.send('GET', '/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await api.send('GET', '/ready')).toMatchObject({ status: 200 });
    api.state.draining = true;
    expect(await api.send('GET', '/ready')).toMatchObject({ status: 503 });
    expect(await api.send('GET', '/live')).toMatchObject({ status: 200 });
  });

  test('ready is 503 without Redis', async () => {
    api.redis.disconnect();
    try {
      expect((await api.send('GET', '/ready')).status).toBe(503);
      const answer = await fetch(`${api.origin()}/v1/prefectures/92/sites`);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await answer.json()).toMatchObject({ code: 'store_unavailable' });
    } finally {
      await api.redis.connect();
    }
  });
});

describe('a service whose data a newer release has migrated', () => {
  test('is not ready, and refuses joins without writing anything', async () => {
    const newer = String(DATA_VERSION + 1);
    await api.redis.set(DATA_VERSION_KEY, newer);
    await api.redis.set(keysOf('92').dataVersion, newer);
    const body = { status: 'stored data is newer' };
    expect(await api.send('GET', '/ready')).toMatchObject({ status: 503, body });
    const answer = await fetch(`${api.origin()}/v1/prefectures/92/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'proof-of-work': await api.solution('join') },
      body: JSON.stringify(joinRequest()),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ code: 'store_unavailable' });
    expect((await api.store.entries.list('92', { limit: 10 })).entries).toEqual([]);
  });
});

describe('GET /metrics', () => {
  test('tells joins, verifications, latency by pattern, and queue depths', async () => {
    const { id, token, request } = await join(api);
    await api.call('GET', `/entries/${id}`, { token });
    await api.call('POST', '/entries', { json: request });
    await api.call('POST', '/entries', { json: joinRequest({ requestType: 'never-configured' }) });
    await api.send('GET', '/no/such/route/12345');
    await api.deps().waker.close();
    const { text, headers } = await api.send('GET', '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toContain('tirage_joins_total{outcome="joined",request_type="renewal"} 1');
    expect(text).toContain('tirage_joins_total{outcome="duplicate",request_type="renewal"} 1');
    expect(text).toContain('tirage_verifications_total{outcome="verified"} 1');
    expect(text).toContain('tirage_queue_jobs{queue="dispatch",state="waiting"} 1');
    expect(text).toMatch(
      /tirage_http_request_duration_seconds_count\{method="GET",route="\/entries\/\{entryId\}",status="2xx"\} 1/,
    );
    expect(text).toMatch(/route="none",status="4xx"/);
    // No id, no path, nothing that somebody made up.
    expect(text).not.toContain(id);
    expect(text).not.toContain('12345');
    expect(text).not.toContain('never-configured');
  });
});

describe('GET /docs', () => {
  test('needs nothing from outside and no inline script', async () => {
    const { text, headers } = await api.send('GET', '/docs');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe|\*/);
    expect(text).not.toMatch(/<script>|https?:\/\//);
    for (const [, file] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const answer = await fetch(new URL(file ?? '', `${api.origin()}/docs`));
      expect([file, answer.status]).toEqual([file, 200]);
      await answer.arrayBuffer();
    }
  });

  test('the document is served as it is written', async () => {
    const { body, headers } = await api.send('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const etag = headers.get('etag') ?? '';
    const again = await api.send('GET', '/openapi.json', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  test('answers in full to who would have anything, as if nothing had been asked', async () => {
    const headers = { 'if-none-match': '*' };
    const { token, id } = await join(api);
    for (const path of ['/ready', '/openapi.json', `/v1/prefectures/92/entries/${id}`]) {
      const { status, text } = await api.send('GET', path, { headers, token });
      expect([path, status, text.length > 10]).toEqual([path, 200, true]);
    }
  });
});
