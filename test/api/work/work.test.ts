import { describe, expect, test } from 'vitest';
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
    expect(body.parameters.data).toEqual({ key: 'k1', prefecture, purpose: 'join' });
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
    const asked = async (ip: string, afterMs: number) => tries(ip, startMs + afterMs);
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
    const asked = (block: number) => tries(`2001:db8:7:${block.toString(16)}::1`, api.time.nowMs);
    let last = 0;
    for (let block = 1; block <= 128; block += 1) last = await asked(block);
    expect(last).toBe(200);
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
