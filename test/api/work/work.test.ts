import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { createProofOfWork } from '#src/usecases/limits/proof-of-work.ts';
import { solve } from '../../../scripts/demo/work.ts';
import { joinRequest, minuteMs, otherPrefecture, prefecture, useApi } from '../harness.ts';

// Eight challenges in ten minutes are calm.
const api = useApi({ requestsPerMinute: 32, workTries: 100 });
const challenge = (headers: Record<string, string> = {}, purpose = 'join') =>
  api.call('GET', `/challenge?purpose=${purpose}`, { headers });
const joinWith = (work: string, more: Record<string, string> = {}, json: unknown = joinRequest()) =>
  api.call('POST', '/entries', { json, headers: { 'proof-of-work': work, ...more } });

describe('GET challenge', () => {
  test('gives a challenge that lets one person join', async () => {
    const { status, headers, body } = await challenge();
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body.parameters.data).toEqual({ key: 'k1', prefecture, purpose: 'join', tries: 100 });
    const work = await solve(body);
    expect((await joinWith(work)).status).toBe(201);
    const again = await joinWith(work);
    expect([again.status, again.body.code]).toEqual([409, 'work_spent']);
  });

  test('names the purpose at fault', async () => {
    const { status, body } = await challenge({}, 'nothing');
    expect([status, body.code]).toEqual([400, 'request_invalid']);
    expect(JSON.stringify(body.errors)).toContain('purpose');
  });

  test('asks for more work where a block asks for much, and for less again later', async () => {
    const { tries } = createProofOfWork({ ...api.deps(), counts: api.store.limits });
    const windowMs = 10 * minuteMs;
    const startMs = Math.ceil(api.time.nowMs / windowMs) * windowMs;
    const asked = async (address: string, afterMs: number) =>
      tries({ prefecture, address, nowMs: startMs + afterMs });
    const rising: number[] = [];
    for (let sent = 0; sent < 24; sent += 1) rising.push(await asked('192.0.2.5', 0));
    expect(rising.slice(0, 8)).toEqual(Array(8).fill(100));
    expect([rising[15], rising[23]]).toEqual([200, 300]);
    expect(await asked('192.0.2.6', 0)).toBe(100);
    // Half of the 24 have faded, and one is added.
    expect(await asked('192.0.2.5', 1.5 * windowMs)).toBe((100 * 13) / 8);
    expect(await asked('192.0.2.5', 4 * windowMs)).toBe(100);
  });

  test('counts a /48 as eight of its blocks', async () => {
    const { tries } = createProofOfWork({ ...api.deps(), counts: api.store.limits });
    const asked = (block: number) => {
      const address = `2001:db8:7:${block.toString(16)}::1`;
      return tries({ prefecture, address, nowMs: api.time.nowMs });
    };
    let last = 0;
    for (let block = 1; block <= 128; block += 1) last = await asked(block);
    expect(last).toBe(200);
  });
});

describe('what joined within a day', () => {
  const from = { 'x-forwarded-for': '203.0.113.9' };
  const given = async (query = '', headers: Record<string, string> = from) => {
    const { body } = await api.call('GET', `/challenge?purpose=join${query}`, { headers });
    return { tries: body.parameters.data.tries as number, solve: () => solve(body) };
  };
  /** So many joins a minute ago; sixteen are calm here. */
  const loaded = (name: string, joins: number) =>
    api.redis.set(keysOf(prefecture).limit(`load:${name}`), `${joins} ${api.time.nowMs}`);
  const pseudonyms = () => api.deps().pseudonyms;

  test('from its network makes work rise with the square, for everybody in it, without bound', async () => {
    await loaded(pseudonyms().of('block', '203.0.113.0/24'), 16 * 30);
    expect((await given()).tries).toBe(100 * 900);
    expect((await given('', { 'x-forwarded-for': '203.0.113.200' })).tries).toBe(100 * 900);
    expect((await given('', { 'x-forwarded-for': '203.0.114.9' })).tries).toBe(100);
    const other = await api.send(
      'GET',
      `/v1/prefectures/${otherPrefecture}/challenge?purpose=join`,
      { headers: from },
    );
    expect(other.body.parameters.data.tries).toBe(100);
  });

  test('with its mail domain: less work is refused, and enough is asked for by its name', async () => {
    await loaded(pseudonyms().of('domain', 'example.org'), 32);
    const request = joinRequest();
    const light = await given();
    expect(light.tries).toBe(100);
    const refused = await joinWith(await light.solve(), from, request);
    expect([refused.status, refused.body.code]).toEqual([422, 'work_light']);
    expect(refused.body.detail).toContain('au guichet');
    const enough = await given('&domain=mail.example.org');
    expect(enough.tries).toBe(400);
    expect((await joinWith(await enough.solve(), from, request)).status).toBe(201);
    // Where anybody has an address the domain says nothing.
    await loaded(pseudonyms().of('domain', 'gmail.com'), 3200);
    expect((await given('&domain=gmail.com')).tries).toBe(100);
  });

  test('counts who joined, and nobody who only asked', async () => {
    for (let n = 0; n < 5; n += 1) await given();
    expect(await api.redis.keys('*load:*')).toEqual([]);
    expect((await joinWith(await (await given()).solve(), from)).status).toBe(201);
    const network = pseudonyms().of('block', '203.0.113.0/24');
    const counts = api.store.limits;
    expect(await counts.readLoad(prefecture, [network], api.time.nowMs)).toBe(1);
    expect(await counts.readLoad(prefecture, [network], api.time.nowMs + 720 * minuteMs)).toBe(0.5);
  });
});

describe('a join', () => {
  test('without work is refused, with the other ways in both languages', async () => {
    const { status, body } = await joinWith('');
    expect([status, body.code, body.member]).toEqual([422, 'work_missing', 'Proof-Of-Work']);
    for (const way of ['au guichet', 'association', 'telephone', 'téléphone']) {
      expect(body.detail).toContain(way);
    }
  });

  test('of 20 at once with one proof of work, one counts', async () => {
    const work = await api.solution('join');
    const replies = await Promise.all(Array.from({ length: 20 }, () => joinWith(work)));
    const codes = replies.map(({ status, body }) => body.code ?? status).sort();
    expect(codes).toEqual([201, ...Array(19).fill('work_spent')]);
  });

  test('work for another prefecture, another purpose or another time is refused', async () => {
    const elsewhere = await api.solution('join', otherPrefecture);
    expect((await joinWith(elsewhere)).body.code).toBe('work_invalid');
    expect((await joinWith(await api.solution('link'))).body.code).toBe('work_invalid');
    const early = await api.solution('join');
    api.time.nowMs += 20 * minuteMs;
    expect((await joinWith(early)).body.code).toBe('work_expired');
  });

  test('that is sent again with its key needs no other work', async () => {
    const work = await api.solution('join');
    const key = { 'idempotency-key': 'a-key-for-one-join' };
    const json = joinRequest();
    const first = await joinWith(work, key, json);
    const second = await joinWith(work, key, json);
    expect([second.status, second.body.id]).toEqual([201, first.body.id]);
    const third = await joinWith(await api.solution('join'), key, json);
    expect([third.status, third.body.id]).toEqual([201, first.body.id]);
  });

  test('that makes an entry leave which was never confirmed takes its work once', async () => {
    const json = joinRequest();
    expect((await joinWith(await api.solution('join'), {}, json)).status).toBe(201);
    api.time.nowMs += 20 * minuteMs;
    const work = await api.solution('join');
    expect((await joinWith(work, {}, json)).status).toBe(201);
    expect((await joinWith(work)).body.code).toBe('work_spent');
  });

  test('what was worked is remembered no longer than it is good for', async () => {
    await joinWith(await api.solution('join'));
    const [key = ''] = await api.redis.keys('tirage:{92}:work:*');
    expect(await api.redis.ttl(key)).toBeGreaterThan(1190);
    expect(await api.redis.ttl(key)).toBeLessThanOrEqual(1200);
    const counted = (await api.deps().metrics.workChecks.get()).values;
    expect(counted).toMatchObject([{ labels: { outcome: 'valid' }, value: 1 }]);
  });
});

describe('a service that asks for no work', () => {
  const off = useApi({ workTries: 0 });
  test('says so, and takes joins as they are', async () => {
    const { status, text } = await off.call('GET', '/challenge?purpose=join');
    expect([status, text]).toEqual([204, '']);
    const joined = await off.call('POST', '/entries', {
      json: joinRequest(),
      headers: { 'proof-of-work': '' },
    });
    expect(joined.status).toBe(201);
  });
});
