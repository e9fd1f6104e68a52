import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvCell } from '#src/api/http/csv-cell.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { hourMs, prefecture, useApi } from '../harness.ts';

const api = useApi();

const pause = async (reason: string) => {
  const token = await api.keyOf('supervisor');
  const headers = { 'audit-reason': encodeURIComponent(reason) };
  await api.call('PUT', '/pause', { token, json: { paused: false }, headers });
};

describe('GET audit-log', () => {
  test('pages through all lines, and is a line itself', async () => {
    for (const reason of ['one', 'two', 'three']) await pause(reason);
    const token = await api.keyOf('auditor');
    const first = await api.call('GET', '/audit-log?limit=4', { token });
    expect(first.body).toMatchObject({ size: 6, next: 4 });
    const second = await api.call('GET', '/audit-log?from=4', { token });
    expect(second.body).toMatchObject({ size: 7, next: null });
    const lines = [...first.body.lines, ...second.body.lines];
    expect(lines.map(({ seq }: { seq: number }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(lines[6]).toMatchObject({ kind: 'read', operation: 'readAuditLog', role: 'auditor' });
    const { body } = await api.call('GET', '/audit-log?from=1000', { token });
    expect(body).toMatchObject({ lines: [], next: null });
  });
});

describe('the exports', () => {
  test('as lines are what is stored, and the command finds them whole over HTTP', async () => {
    const at = new Date(api.time.nowMs).toISOString();
    const line = { kind: 'change', agent: 'a', role: 'agent', operation: 'putPause', at } as const;
    const reasons = Array.from({ length: 520 }, (_, n) => `n° ${n}`);
    await Promise.all(
      reasons.map((reason) => api.store.audit.append(prefecture, { ...line, reason })),
    );
    const token = await api.keyOf('auditor');
    const { text } = await api.call('GET', '/audit-log.ndjson', { token });
    const stored = await Array.fromAsync(api.store.audit.read(prefecture));
    expect(text).toBe(
      stored
        .flat()
        .map((line) => `${line}\n`)
        .join(''),
    );
    expect(stored.flat()).toHaveLength(521);
    const later = await api.call('GET', '/audit-log.ndjson?from=521', { token });
    expect(later.text).toContain('"seq":521');

    expect(await api.store.audit.anchor(prefecture, api.time.nowMs)).toBe('done');
    const address = `${api.origin()}/v1/prefectures/${prefecture}`;
    await signRegister({ ...api.deps(), witnesses: [] }, prefecture);
    const env = { PATH: process.env.PATH, TIRAGE_AGENT_KEY: token };
    const checkAt = (atMs: number) => {
      const now = new Date(atMs).toISOString().replace('.000', '');
      const command = ['scripts/audit.ts', 'check', address, '--now', now];
      return promisify(execFile)(process.execPath, command, { env });
    };
    const { stdout } = await checkAt(api.time.nowMs);
    expect(stdout).toMatch(/^whole: lines 0 to 522; .* agree: 1\n$/);
    // Who rules Redis keeps the service from saying more.
    await api.redis.set(keysOf(prefecture).auditAnchor, `523 ${api.time.nowMs}`);
    await expect(checkAt(api.time.nowMs + 3 * hourMs)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^not anchored: line 523 \(number 522\) .* the last anchor, entry 1, covers 522 lines/,
      ),
    });
  });

  test('as a table open in a spreadsheet without a formula', async () => {
    const evil = '=HYPERLINK("http://a.example";"x")';
    const inner = 'faux;=1+1,+2';
    await pause(evil);
    await pause(inner);
    const token = await api.keyOf('auditor');
    const { text, headers } = await api.call('GET', '/audit-log.csv', { token });
    expect(headers.get('content-disposition')).toBe('attachment; filename=audit-92.csv');
    const rows = parse(text, { bom: true, columns: true });
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({ seq: '0', kind: 'change', reason: `'${evil}` });
    expect(rows[1]).toMatchObject({ kind: 'outcome', of: '0', status: '200', reason: '' });
    expect(rows[2]).toMatchObject({ reason: "faux;'=1+1,'+2" });
  });

  test('no cell begins a formula, with whatever parts the cells', () => {
    for (const start of ['=', '+', '-', '@', '＝', ' =', '\t=', '"=', "'="]) {
      for (const before of ['', 'a;', 'a,', 'a\t', 'a|']) {
        const cell = csvCell(`${before}${start}1`).slice(1, -1).replaceAll('""', '"');
        for (const part of cell.split(/[;,|\t\n]/)) {
          expect(part.replace(/^[\s"]+/, '')).toMatch(/^('|a|$)/);
        }
      }
    }
    expect(csvCell('a "quoted" word - and more')).toBe('"a ""quoted"" word - and more"');
    expect(csvCell(undefined)).toBe('');
  });
});
