import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { jwksOf } from '#src/identity/keys/signer.ts';
import { runVerify } from '../../../scripts/verify/command.ts';
import {
  join,
  joinRequest,
  minuteMs,
  otherPrefecture,
  prefecture,
  useApi,
  verify,
} from '../harness.ts';

const api = useApi();
const directory = mkdtempSync(joinPath(tmpdir(), 'tirage-evidence-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const joinFrom = (address: string, members: Record<string, unknown> = {}) =>
  api.call('POST', '/entries', {
    json: joinRequest(members),
    headers: { 'x-forwarded-for': address, 'user-agent': 'a-bot/1.0' },
  });
/** Six joins of one block with one domain, four with one telephone, codes handed in at once. */
async function flood(): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < 6; at += 1) {
    const phone = at < 4 ? { phone: '+33612345678' } : {};
    const contact = { email: `x${at}@resale.example`, ...phone };
    const { body } = await joinFrom('192.0.2.66', { contact });
    ids.push(body.id);
    await verify(api, body.id);
  }
  return ids;
}
const report = async (query = '', token?: string) =>
  api.call('GET', `/abuse-report${query}`, { token: token ?? (await api.keyOf('auditor')) });
const all = '?burst=5&domain=6';

describe('GET abuse-report', () => {
  test('shows a flood, says why, and names the ids', async () => {
    const ids = await flood();
    await joinFrom('192.0.2.1');
    const { status, headers, body } = await report(all);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body.findings.map(({ kind, count }: Record<string, unknown>) => [kind, count])).toEqual([
      ['same_moment', 7],
      ['address_burst', 6],
      ['mail_domain', 6],
      ['quick_codes', 6],
      ['shared_phone', 4],
    ]);
    const [, burst, domain] = body.findings;
    expect(burst.entries).toEqual(ids);
    expect(burst.why.fr).toBe(
      '6 inscriptions d’une même adresse IP (IPv4, ou IPv6 /64) en 10 minutes. Seuil : 5.',
    );
    expect([domain.name, domain.blocks]).toEqual(['resale.example', 1]);
    expect(body.notice.fr).toContain('Il ne décide de rien');
    expect(body.origins).toEqual({ online: 7 });
    expect(body.signals).toEqual({ read: 13, cut: false });
  });

  test('nothing follows from it: who is listed waits like everybody', async () => {
    const [id = ''] = await flood();
    await report(all);
    expect((await api.store.entries.get(prefecture, id))?.state).toBe('waiting');
  });

  test('nothing below three can be asked for', async () => {
    const { status, body } = await report('?phone=2');
    expect([status, body.code]).toEqual([400, 'request_invalid']);
    expect((await report('?phone=many')).status).toBe(400);
    expect((await report('?days=31')).status).toBe(400);
  });

  test('people entered by an agent count for that agent, not for the address of the desk', async () => {
    const token = await api.keyOf('agent');
    for (let at = 0; at < 3; at += 1) {
      const json = { ...joinRequest(), origin: 'desk', contact: {} };
      expect((await api.call('POST', '/desk-entries', { token, json })).status).toBe(200);
    }
    const { body } = await report('?helper=3&burst=3');
    expect(body.findings).toMatchObject([{ kind: 'one_helper', count: 3 }]);
    expect(token).toContain(body.findings[0].subject);
    expect(body.origins).toEqual({ desk: 3 });
  });

  test('is of one prefecture, and forgets after thirty days', async () => {
    await flood();
    const key = await api.keyOf('auditor', otherPrefecture);
    const { body } = await api.send('GET', `/v1/prefectures/${otherPrefecture}/abuse-report`, {
      token: key,
    });
    expect(body.findingCount).toBe(0);
    const [day = ''] = await api.redis.keys('tirage:{92}:signals:*');
    const ttl = await api.redis.ttl(day);
    expect(ttl).toBeGreaterThan(30 * 86_400);
    expect(ttl).toBeLessThanOrEqual(31 * 86_400);
    api.time.nowMs += 29 * 1440 * minuteMs;
    expect((await report(all)).body.findingCount).toBe(5);
    api.time.nowMs += 2 * 1440 * minuteMs;
    expect((await report(all)).body.findingCount).toBe(0);
  });

  test('keeps no address, domain, number or program as it was sent', async () => {
    await flood();
    const stored = (await api.redis.lrange('tirage:{92}:signals:2026-12-01', 0, -1)).join();
    expect(stored.length).toBeGreaterThan(0);
    for (const mark of ['192.0.2', 'resale', '612345678', 'a-bot', '@']) {
      expect(stored).not.toContain(mark);
    }
  });

  test('a declined offer and a withdrawn page leave nothing where nothing happened', async () => {
    const { id, token } = await join(api);
    await api.call('POST', `/offers/20261201-draw01.${id}/decline`, { token });
    expect((await report('?refusals=3')).body.signals.read).toBe(2);
  });
});

describe('GET abuse-report/evidence', () => {
  const keys = joinPath(directory, 'keys.json');
  const check = async (text: string) => {
    const file = joinPath(directory, 'evidence.ndjson');
    writeFileSync(file, text);
    writeFileSync(keys, JSON.stringify(jwksOf(api.deps().signer.keys)));
    return runVerify(['--evidence', file, '--keys', keys]);
  };
  const evidence = async () => {
    const token = await api.keyOf('supervisor');
    return (await api.call('GET', `/abuse-report/evidence${all}`, { token })).text;
  };

  test('holds report, findings and every signal behind them, and is found whole', async () => {
    await flood();
    await joinFrom('192.0.2.1');
    const text = await evidence();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
    expect([count('report'), count('finding'), count('signal'), count('signature')]).toEqual([
      1, 5, 13, 1,
    ]);
    expect(lines[0]).toMatchObject({ format: 'tirage-evidence/v1', prefecture });
    expect(text).not.toContain('192.0.2');
    expect(await check(text)).toEqual({
      exitCode: 0,
      err: '',
      out: `evidence: ${lines.length} lines, whole and signed; prefecture 92, as of 2026-12-01T08:00:00.000Z\n`,
    });
  });

  test('any change of any line is found', async () => {
    await flood();
    const text = await evidence();
    const lines = text.split('\n');
    const changed = lines.map((line, at) =>
      at === 3 ? line.replace('"count":6', '"count":7') : line,
    );
    expect((await check(changed.join('\n'))).err).toMatch(/line 4 was changed/);
    const without = lines.filter((_, at) => at !== 2).join('\n');
    expect((await check(without)).err).toMatch(/line 3 does not have the number/);
    const cut = `${lines.slice(0, -2).join('\n')}\n`;
    expect((await check(cut)).err).toMatch(/lines are missing at the end/);
    for (let at = 0; at < text.length; at += 97) {
      const flipped = `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`;
      expect((await check(flipped)).exitCode).not.toBe(0);
    }
    expect((await check('{}\n')).exitCode).not.toBe(0);
  });
});
