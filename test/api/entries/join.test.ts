import { describe, expect, test } from 'vitest';
import { personContext } from '#src/identity/person/context.ts';
import { hourMs, join, joinRequest, minuteMs, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();
const post = (json: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', '/entries', { json, headers });

describe('POST entries', () => {
  test('answers an id, a token that works, and a receipt', async () => {
    const { status, body, headers } = await post(joinRequest());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'unverified',
      receipt: {
        entry: body.id,
        prefecture,
        requestType: 'renewal',
        joinedAt: '2026-12-01T08:00:00.000Z',
        codeExpiresAt: '2026-12-01T08:15:00.000Z',
      },
    });
    expect(headers.get('idempotency-replayed')).toBeNull();
    const entry = await api.call('GET', `/entries/${body.id}`, { token: body.token });
    expect(entry.body).toMatchObject({ id: body.id, state: 'unverified', requestType: 'renewal' });
  });

  test('seals the person for this entry and makes a code due', async () => {
    const { id, request } = await join(api, {}, { verified: false });
    const entry = await api.store.entries.get(prefecture, id);
    const person = api.vault.open(entry?.sealed ?? '', personContext(prefecture, id));
    expect(person).toEqual({ ...request.person, ...request.contact });
    expect(await api.store.messages.due(prefecture, 10)).toEqual([`code.${id}.1`]);
    const raw = JSON.stringify(await api.redis.hgetall(`tirage:{${prefecture}}:entries`));
    expect(raw).not.toContain('Exemple');
  });

  test('wakes the dispatcher once for many joins', async () => {
    await Promise.all(Array.from({ length: 20 }, () => post(joinRequest())));
    await api.deps().waker.close();
    expect(await api.queues().dispatch.getJobCounts('waiting')).toEqual({ waiting: 1 });
  });

  test('refuses a second entry of the same person, however the number is written', async () => {
    const { request } = await join(api);
    const { number } = request.person.document;
    const spaced = `${number.slice(0, 5)} ${number.slice(5)}`;
    const again = {
      ...request,
      person: { name: 'A. E.', document: { kind: 'agdref', number: spaced } },
    };
    const { status, body } = await post(again);
    expect([status, body.code]).toEqual([409, 'entry_duplicate']);
    expect(JSON.stringify(body)).not.toContain(number);
  });

  test('lets the same person wait for another request type', async () => {
    const { request } = await join(api);
    expect((await post({ ...request, requestType: 'first' })).status).toBe(201);
  });

  test('of 200 joins of one person at once exactly one counts', async () => {
    const request = joinRequest();
    const replies = await Promise.all(Array.from({ length: 200 }, () => post(request)));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(199).fill(409)]);
    expect(await api.store.entries.counts(prefecture)).toEqual([
      { state: 'unverified', requestType: 'renewal', entries: 1 },
    ]);
  });

  test('an unverified entry makes way once its code has expired, not before', async () => {
    const first = await join(api, {}, { verified: false });
    api.time.nowMs += 15 * minuteMs - 1;
    expect((await post(first.request)).status).toBe(409);
    api.time.nowMs += 1;
    const { status, body } = await post(first.request);
    expect(status).toBe(201);
    expect(body.id).not.toBe(first.id);
    expect((await api.store.entries.get(prefecture, first.id))?.state).toBe('expired');
    expect((await verify(api, first.id)).body.code).toBe('entry_settled');
  });

  test('of 50 joins at once over an expired code exactly one counts', async () => {
    const { request } = await join(api, {}, { verified: false });
    api.time.nowMs += hourMs;
    const replies = await Promise.all(Array.from({ length: 50 }, () => post(request)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(49);
  });

  test('a verified entry never makes way', async () => {
    const { request } = await join(api);
    api.time.nowMs += 1000 * hourMs;
    expect((await post(request)).status).toBe(409);
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': '2f6c1c1e-6f0e-4a4b-9d0e-000000000001' };

  test('the same request gets the same answer, also after it was verified', async () => {
    const request = joinRequest();
    const first = await post(request, key);
    await verify(api, first.body.id);
    api.time.nowMs += hourMs;
    const again = await post(request, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await api.store.messages.due(prefecture, 10)).toHaveLength(2);
  });

  test('another request with the same key is refused', async () => {
    await post(joinRequest(), key);
    const { status, body } = await post(joinRequest(), key);
    expect([status, body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  test('of 50 equal requests at once all get the one entry', async () => {
    const request = joinRequest();
    const replies = await Promise.all(Array.from({ length: 50 }, () => post(request, key)));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
  });

  test('a key that could be guessed is refused', async () => {
    const { status, body } = await post(joinRequest(), { 'idempotency-key': 'short' });
    expect([status, body.code]).toEqual([400, 'request_invalid']);
    expect(body.errors).toMatchObject([{ member: 'Idempotency-Key' }]);
  });

  test('neither the key nor what it fingerprints can be read in the store', async () => {
    const request = joinRequest();
    await post(request, key);
    const keys = await api.redis.keys('*idempotency*');
    expect(keys).toHaveLength(1);
    const stored = `${keys[0]} ${await api.redis.get(keys[0] ?? '')}`;
    expect(stored).not.toContain(key['idempotency-key']);
    expect(stored).not.toContain(request.contact.email);
  });
});

describe('a join is refused', () => {
  const person = { name: 'Ada', document: { kind: 'agdref', number: '0000000001' } };
  const passport = { kind: 'passport', country: 'MLI', number: 'EX0001' };
  const window = { days: [1], from: '09:00', until: '12:00' };

  test.each([
    ['an unknown member', { extra: 1 }, 400, 'request_invalid', /extra/],
    ['no contact', { contact: {} }, 400, 'request_invalid', /contact/],
    ['a bad e-mail', { contact: { email: 'nobody' } }, 400, 'request_invalid', /contact\.email/],
    ['an unknown language', { language: 'xx' }, 400, 'request_invalid', /language/],
    [
      'a short number',
      { person: { ...person, document: { kind: 'agdref', number: '1' } } },
      400,
      'request_invalid',
      /person\.document\.number/,
    ],
    [
      'an unknown request type',
      { requestType: 'visa' },
      422,
      'request_type_unknown',
      /"requestType"/,
    ],
    [
      'a passport where AGDREF is needed',
      { person: { ...person, document: passport } },
      422,
      'document_refused',
      /AGDREF/,
    ],
    [
      'a site that does not serve the type',
      { accepts: { sites: ['antony'] } },
      422,
      'site_unknown',
      /accepts\.sites\[0\]/,
    ],
    [
      'a site twice',
      { accepts: { sites: ['nanterre', 'nanterre'] } },
      400,
      'request_invalid',
      /accepts\.sites/,
    ],
    ['an empty list', { accepts: { windows: [] } }, 400, 'request_invalid', /accepts\.windows/],
    [
      'a window that ends before it begins',
      { accepts: { windows: [{ ...window, until: '08:00' }] } },
      400,
      'request_invalid',
      /accepts\.windows\[0\]/,
    ],
    [
      'a date that is none',
      { accepts: { notBefore: '2026-02-30' } },
      400,
      'request_invalid',
      /accepts\.notBefore/,
    ],
  ])('%s', async (_what, members, status, code, text) => {
    const reply = await post(joinRequest({ person, ...members }));
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.text).toMatch(text);
    expect(await api.store.entries.counts(prefecture)).toEqual([]);
  });

  test('in a prefecture that does not exist', async () => {
    for (const id of ['75', '__proto__', 'a%2Fb', '%00', 'x'.repeat(60)]) {
      const { status, body } = await api.send('POST', `/v1/prefectures/${id}/entries`, {
        json: joinRequest(),
      });
      expect([status, body.code]).toEqual([404, 'prefecture_not_found']);
    }
  });
});

test('availability is kept as lottery/v1 reads it', async () => {
  const accepts = {
    sites: ['nanterre'],
    windows: [{ days: [1, 5], from: '09:00', until: '24:00' }],
    notBefore: '2026-12-01',
    notAfter: '2026-12-31',
  };
  const { id, token } = await join(api, { accepts });
  expect((await api.store.entries.get(prefecture, id))?.accepts).toEqual(accepts);
  expect((await api.call('GET', `/entries/${id}`, { token })).body.accepts).toEqual(accepts);
});
