import { beforeEach, describe, expect, test } from 'vitest';
import { operations } from '#src/api/http/operations.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { checkAuditLines } from '#src/transparency/audit-chain.ts';
import { join, joinRequest, minuteMs, otherPrefecture, prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('admin');
});

/** What would end a text of Lua, a key of Redis, a pattern, a path, a line, or a string of JSON. */
const hostile = [
  `'] redis.call('FLUSHALL') --`,
  `]] return redis.call("FLUSHALL")`,
  `x"); redis.call('DEL', KEYS[1]) --`,
  `tirage:{${otherPrefecture}}:entries`,
  `${prefecture}}:entries`,
  '*',
  '%S+',
  '../../v1/x',
  'a\r\nFLUSHALL\r\n',
  'a\u0000b',
  'a b|c',
  '__proto__',
  '","kind":"event","x":"',
  '\u2028{"level":60}',
  '$(reboot) `x`',
];

/** What refusals may change: the audit log names who asked, a key says when it was used. */
const noted = /:(audit|audit-head|agents-used)$/;

/** Every value of one prefecture, as Redis gives it, but those. */
/** What is stored of a prefecture, but for what is gone by itself before a slow test has ended. */
async function storedOf(id: string): Promise<Record<string, string>> {
  const found = await api.redis.keys(`tirage:{${id}}*`);
  const lives = await Promise.all(found.map((key) => api.redis.pttl(key)));
  const lasts = (at: number) => (lives[at] ?? -1) < 0 || (lives[at] ?? 0) > 10 * minuteMs;
  const keys = found.filter((key, at) => !noted.test(key) && lasts(at)).sort();
  const dumps = await Promise.all(keys.map((key) => api.redis.dumpBuffer(key)));
  return Object.fromEntries(keys.map((key, at) => [key, dumps[at]?.toString('hex') ?? '']));
}

const logLines = () => api.logged.map((line) => line.replace(/\n$/, ''));

describe('hostile ids', () => {
  test('in any address are refused, and touch nothing of any prefecture', async () => {
    await join(api);
    const elsewhere = await storedOf(otherPrefecture);
    const before = await storedOf(prefecture);
    const withIds = operations.filter(({ path }) => path.includes('{'));
    expect(withIds.length).toBeGreaterThan(40);
    for (const { method, path, id } of withIds) {
      for (const [at, text] of hostile.entries()) {
        // Every hostile id meets many routes; all with all would only take longer.
        if ((at + path.length) % 3 !== 0) continue;
        const address = path.replaceAll(/\{\w+\}/g, encodeURIComponent(text));
        const json = method === 'get' || method === 'delete' ? {} : { json: {} };
        const { status } = await api.call(method.toUpperCase(), address, { token, ...json });
        expect([id, text, status >= 400 && status < 500]).toEqual([id, text, true]);
      }
    }
    expect(await storedOf(otherPrefecture)).toEqual(elsewhere);
    expect(await storedOf(prefecture)).toEqual(before);
  });

  test('as a prefecture reach no key of another', async () => {
    const before = await storedOf(prefecture);
    for (const text of hostile) {
      const path = `/v1/prefectures/${encodeURIComponent(text)}/entries`;
      const { status } = await api.send('POST', path, { json: joinRequest() });
      expect([text, status >= 400 && status < 500]).toEqual([text, true]);
    }
    expect(await storedOf(prefecture)).toEqual(before);
    expect((await api.redis.keys('*')).filter((key) => /FLUSHALL|__proto__/.test(key))).toEqual([]);
  });
});

test('a cursor that no page had is refused as the list declares, or ends it', async () => {
  const lists = operations.filter(({ query }) => 'cursor' in query.shape);
  expect(lists.length).toBeGreaterThan(5);
  const refusing: string[] = [];
  for (const { method, path, id } of lists) {
    const address = path.replaceAll(/\{\w+\}/g, 'x1');
    const { status } = await api.call(method.toUpperCase(), `${address}?cursor=x`, { token });
    if (status === 422) refusing.push(id);
    else expect([id, [200, 401, 404].includes(status)]).toEqual([id, true]);
  }
  const byScan = ['listAppeals', 'listEntries', 'listPriorities', 'listSlots'];
  expect(refusing.sort()).toEqual(byScan);
});

describe('hostile text', () => {
  test('in reasons stays one line of the audit log, and the chain holds', async () => {
    const texts = hostile.filter((text) => !/\p{Cc}/u.test(text));
    for (const text of texts) {
      const json = { paused: true, reason: `why ${text}` };
      const headers = { 'audit-reason': '' };
      expect((await api.call('PUT', '/pause', { token, json, headers })).status).toBe(200);
    }
    const lines = (await Array.fromAsync(api.store.audit.read(prefecture))).flat();
    const check = checkAuditLines(nodeSha256);
    expect(lines.map((line) => check.add(line)).filter(Boolean)).toEqual([]);
    const reasons = lines.map((line) => JSON.parse(line).reason).filter(Boolean);
    expect(reasons).toEqual(texts.map((text) => `why ${text}`));
    // None of it reached the record or the register as anything but a text.
    expect(await api.redis.exists(`tirage:{${prefecture}}:entries`)).toBe(0);
  });

  test('wherever it is sent makes no line of the log more, and no member of one', async () => {
    const forged = '{"level":60,"msg":"forged","operation":"forged"}';
    for (const end of ['%0A', '%0D%0A', '%E2%80%A8', '%1B%5B2J', '%22%7D%0A']) {
      const text = `x${end}${encodeURIComponent(forged)}`;
      await api.send('GET', `/v1/prefectures/${text}`);
      await api.call('GET', `/entries/${text}`, { token });
      await api.call('GET', `/draws?${text}=${text}`, { token });
      await api.call('POST', `/entries/${text}/rejection`, {
        token,
        json: { reason: decodeURIComponent(text) },
        headers: { 'user-agent': text, 'x-request-id': text, referer: text, 'audit-reason': text },
      });
      const person = { name: decodeURIComponent(text), document: { kind: 'none' } };
      await api.call('POST', '/entries', { json: joinRequest({ person }) });
      await api.call('POST', '/entries', {
        raw: decodeURIComponent(text),
        type: 'application/json',
      });
    }
    expect(logLines().length).toBeGreaterThan(20);
    for (const line of logLines()) {
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(line).not.toContain('forged');
      expect(() => JSON.parse(line)).not.toThrow();
    }
  });
});

test('what is not one plain address is refused, at joining and at the desk', async () => {
  for (const email of [
    'a@example.org\r\nBcc: b@example.org',
    'a@example.org\u2028Bcc: b@example.org',
    'a@example.org, b@example.org',
    'a@example.org <b@example.org>',
    '"a\r\n"@example.org',
    'a@example.org\u0000',
    'a@exam\u0085ple.org',
    'a@127.0.0.1',
  ]) {
    const json = joinRequest({ contact: { email } });
    for (const path of ['/entries', '/desk-entries']) {
      const { status, body } = await api.call('POST', path, { json, token });
      expect([email, path, status, body.code]).toEqual([email, path, 400, 'request_invalid']);
    }
  }
});
