import { describe, expect, test } from 'vitest';
import { hourMs, join, minuteMs, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();
const unverified = () => join(api, {}, { verified: false });
const submit = (id: string, code: string) =>
  api.call('POST', `/entries/${id}/verification`, { json: { code } });
const wrongFor = (id: string) =>
  api.tokens.code(prefecture, id, 1) === '000000' ? '000001' : '000000';
const resend = (id: string, token: string) =>
  api.call('POST', `/entries/${id}/verification/resend`, { token });

describe('POST verification', () => {
  test('the right code makes an entry wait and sends a welcome', async () => {
    const { id } = await unverified();
    const { status, body } = await verify(api, id);
    expect([status, body]).toMatchObject([200, { id, state: 'waiting' }]);
    expect(await api.store.messages.due(prefecture, 10)).toEqual([
      `code.${id}.1`,
      `welcome.${id}.1`,
    ]);
  });

  test('repeating the right code changes nothing', async () => {
    const { id } = await unverified();
    await verify(api, id);
    expect(await verify(api, id)).toMatchObject({ status: 200, body: { state: 'waiting' } });
    expect(await api.store.messages.due(prefecture, 10)).toHaveLength(2);
  });

  test('the state of an entry is not told to who does not know its code', async () => {
    const { id } = await join(api);
    expect((await submit(id, wrongFor(id))).body.code).toBe('code_wrong');
  });

  test('who guesses at the code of a verified entry is stopped after five', async () => {
    const { id } = await join(api);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await submit(id, wrongFor(id))).body.code).toBe('code_wrong');
    }
    expect((await submit(id, wrongFor(id))).body.code).toBe('requests_too_many');
    expect((await verify(api, id)).body.code).toBe('requests_too_many');
  });

  test('five wrong codes use a code up, the right one too', async () => {
    const { id } = await unverified();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { status, body } = await submit(id, wrongFor(id));
      expect([status, body.code, body.member]).toEqual([422, 'code_wrong', 'code']);
    }
    expect((await verify(api, id)).body.code).toBe('code_expired');
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('unverified');
  });

  test('of many guesses at once no more than five are looked at', async () => {
    const { id } = await unverified();
    const replies = await Promise.all(Array.from({ length: 12 }, () => submit(id, wrongFor(id))));
    const codes = replies.map(({ body }) => body.code).sort();
    expect(codes).toEqual([...Array(5).fill('code_wrong'), ...Array(7).fill('requests_too_many')]);
    expect((await api.store.entries.get(prefecture, id))?.code?.triesLeft).toBe(0);
    expect((await verify(api, id)).body.code).toBe('code_expired');
  });

  test('a code is good for 15 minutes, or what the prefecture says', async () => {
    const { id } = await unverified();
    api.time.nowMs += 15 * minuteMs;
    expect((await verify(api, id)).body.code).toBe('code_expired');

    await api.store.prefectures.update(prefecture, (found) => ({
      ...found,
      settings: { ...found.settings, codeMinutes: 60 },
    }));
    api.forget();
    const patient = await unverified();
    api.time.nowMs += 59 * minuteMs;
    expect((await verify(api, patient.id)).status).toBe(200);
  });

  test('an entry that has left cannot be verified', async () => {
    const { id, token } = await unverified();
    await api.call('DELETE', `/entries/${id}`, { token });
    const { status, body } = await verify(api, id);
    expect([status, body.code]).toEqual([409, 'entry_settled']);
  });

  test('without the code every entry answers alike, also one that is not there', async () => {
    const fresh = await unverified();
    const used = await unverified();
    for (let attempt = 0; attempt < 5; attempt += 1) await submit(used.id, wrongFor(used.id));
    const late = await unverified();
    const verified = await join(api);
    const left = await join(api);
    await api.call('DELETE', `/entries/${left.id}`, { token: left.token });
    api.time.nowMs += 15 * minuteMs;
    const another = await unverified();
    const ids = [fresh, late, used, verified, left, another].map(({ id }) => id);
    const unknown = '0000000000000000';
    const seen = async (id: string) => {
      const { status, text } = await submit(id, id === unknown ? '123456' : wrongFor(id));
      return [status, text];
    };
    const expected = await seen(unknown);
    expect(expected[0]).toBe(422);
    for (const id of ids) expect(await seen(id)).toEqual(expected);
    // Alike too once there were too many tries.
    for (let attempt = 0; attempt < 4; attempt += 1)
      for (const id of [unknown, ...ids]) await seen(id);
    const tooMany = await seen(unknown);
    expect(tooMany[0]).toBe(429);
    for (const id of ids) expect(await seen(id)).toEqual(tooMany);
  });

  test('what is no code is told apart before anything is looked at', async () => {
    const { id } = await unverified();
    expect((await submit(id, '12345')).body).toMatchObject({ code: 'request_invalid' });
  });
});

describe('POST verification/resend', () => {
  test('a new code counts, the old one no longer', async () => {
    const { id, token } = await unverified();
    api.time.nowMs += hourMs;
    const { status, body } = await resend(id, token);
    expect([status, body.expiresAt]).toEqual([202, '2026-12-01T09:15:00.000Z']);
    expect(await api.store.messages.due(prefecture, 10)).toContain(`code.${id}.2`);
    expect((await verify(api, id, 1)).body.code).toBe('code_wrong');
    expect((await verify(api, id, 2)).body.state).toBe('waiting');
  });

  test('ten codes are enough for anyone', async () => {
    const { id, token } = await unverified();
    for (let round = 2; round <= 10; round += 1) {
      api.time.nowMs += minuteMs;
      expect((await resend(id, token)).status).toBe(202);
    }
    api.time.nowMs += minuteMs;
    expect((await resend(id, token)).body.code).toBe('requests_too_many');
  });

  test('a verified entry needs no code', async () => {
    const { id, token } = await join(api);
    expect((await resend(id, token)).body.code).toBe('entry_settled');
  });
});
