import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createApp } from '#src/api/http/app.ts';
import { auditOf } from '#src/api/http/operation.ts';
import { operations } from '#src/api/http/operations.ts';
import { AuditStore } from '#src/store/audit/store.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { checkAuditLines } from '#src/transparency/audit-chain.ts';
import { failAfter } from '../../support/faulty-redis.ts';
import { exchange, join, joinRequest, prefecture, useApi } from '../harness.ts';

const api = useApi();

/** Lines of the log, checked as a chain. */
async function log(): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  for await (const some of api.store.audit.read(prefecture)) lines.push(...some);
  const check = checkAuditLines(nodeSha256);
  expect(lines.map((line) => check.add(line)).filter(Boolean)).toEqual([]);
  return lines.map((line) => JSON.parse(line));
}

const noReason = { headers: { 'audit-reason': '' } };
const reason = (text: string) => ({ headers: { 'audit-reason': text } });
const idOf = (key: string) => key.split('_')[1];

describe('what is logged', () => {
  test('everything that agents do is a change unless it says otherwise', () => {
    const kinds = operations
      .filter(({ access }) => typeof access === 'object')
      .map((op) => ({ id: op.id, method: op.method, audit: auditOf(op) }));
    const unusual = kinds.filter(
      ({ method, audit }) => (method !== 'get') !== (audit === 'change'),
    );
    expect(unusual.map(({ id }) => id)).toEqual(['searchEntries', 'openFlaggedSet', 'endSession']);
    const unlogged = kinds.filter(({ audit }) => audit === 'none').map(({ id }) => id);
    expect(unlogged.sort()).toEqual([
      'listAgents',
      'listClosures',
      'listDrawSchedules',
      'listHelpers',
      'listLetterBatches',
      'listMessages',
      'listSlots',
      'readClosure',
      'readSlot',
    ]);
    expect(kinds.filter(({ audit }) => audit === 'change').length).toBeGreaterThan(10);
  });

  test('a change has a line before it and its outcome after it', async () => {
    const token = await api.keyOf('supervisor');
    const json = { paused: true, reason: 'a fault in the slots' };
    await api.call('PUT', '/pause', { token, json, ...noReason });
    const [before, after, ...others] = await log();
    const common = { agent: idOf(token), role: 'supervisor', operation: 'putPause', prefecture };
    const at = new Date(api.time.nowMs).toISOString();
    expect(before).toMatchObject({ ...common, at, seq: 0, kind: 'change', reason: json.reason });
    expect(after).toMatchObject({ ...common, at, seq: 1, kind: 'outcome', of: 0, status: 200 });
    expect(others).toEqual([]);
  });

  test('a change that was refused says with which code, and names its target', async () => {
    const token = await api.keyOf('admin');
    await api.call('DELETE', '/draw-schedules/weekly', { token, ...reason('no longer needed') });
    const [before, after] = await log();
    expect(before).toMatchObject({ targets: { name: 'weekly' }, reason: 'no longer needed' });
    expect(before).not.toHaveProperty('body');
    expect(after).toMatchObject({ of: 0, status: 404, code: 'schedule_not_found' });
  });

  test('a search shows who was seen, and nothing of what was asked', async () => {
    const token = await api.keyOf('agent');
    const { id, request } = await join(api);
    const { document } = request.person;
    await api.call('POST', '/entry-search', { token, json: { document }, ...noReason });
    const [before, after] = await log();
    expect(before).toMatchObject({ kind: 'read', operation: 'searchEntries' });
    expect(before).not.toHaveProperty('reason');
    expect(after).toMatchObject({ kind: 'outcome', of: 0, ids: [id] });
    const text = JSON.stringify([before, after]);
    expect(text).not.toContain(document.number);
    expect(before?.body).toMatch(/^k1:[0-9a-f]{64}$/);
    expect(before?.body).not.toContain(nodeSha256.hex(JSON.stringify({ document })));
  });

  test('what agents enter at the desk is named by entry, however many', async () => {
    const token = await api.keyOf('agent');
    const head =
      'requestType,name,documentKind,documentCountry,documentNumber,birthDate,nationality,email,' +
      'phone,language,sites,notBefore,notAfter,days,from,until\n';
    const people = Array.from(
      { length: 450 },
      (_, n) => `first,Ada Exemple,passport,GBR,EX${String(n).padStart(7, '0')},,,,,en,,,,,,\n`,
    );
    const raw = head + people.join('');
    const { body } = await api.call('POST', '/desk-entries', { token, raw, type: 'text/csv' });
    const [before, ...after] = await log();
    expect(before?.body).toBe(api.tokens.fingerprint(Buffer.from(raw)));
    expect(after.map(({ of, ids }) => [of, Array.isArray(ids) && ids.length])).toEqual([
      [0, 200],
      [0, 200],
      [0, 50],
    ]);
    const ids = body.results.map((result: { id: string }) => result.id);
    expect(after.flatMap((line) => line.ids)).toEqual(ids);
  });

  test('reading slots, what applicants do, and calls without rights leave no line', async () => {
    const token = await api.keyOf('auditor');
    await join(api);
    await api.call('GET', '/slots', { token });
    await api.call('PUT', '/pause', { token, json: { paused: false } });
    await api.call('PUT', '/pause', { json: { paused: false } });
    expect(await log()).toEqual([]);
  });

  test('200 changes at once make one unbroken chain', async () => {
    const token = await api.keyOf('agent');
    await Promise.all(
      Array.from({ length: 200 }, () =>
        api.call('POST', '/desk-entries', { token, json: { ...joinRequest(), origin: 'desk' } }),
      ),
    );
    const lines = await log();
    expect(lines).toHaveLength(400);
    const ended = lines.flatMap(({ kind, of }) => (kind === 'outcome' ? [of] : []));
    expect(new Set(ended).size).toBe(200);
  });
});

describe('a reason', () => {
  const put = async (headers: Record<string, string>, json: unknown = { paused: false }) => {
    const token = await api.keyOf('admin');
    // Bytes, for a text would be sent together with the headers, which are then made UTF-8.
    const raw = Buffer.from(JSON.stringify(json));
    const sent = { token, raw, type: 'application/json', headers };
    const { status, body } = await api.call('PUT', '/pause', sent);
    return [status, body.code, body.member];
  };

  test('is needed for a change: without one nothing happens and nothing is written', async () => {
    const refused = [422, 'reason_missing', 'Audit-Reason'];
    expect(await put({ 'audit-reason': '' })).toEqual(refused);
    expect(await put({ 'audit-reason': '%20 ' })).toEqual(refused);
    expect(await log()).toEqual([]);
  });

  test('may be percent-encoded or plain UTF-8', async () => {
    const text = 'Créneaux du 7 décembre retirés';
    await put({ 'audit-reason': encodeURIComponent(text) });
    await put({ 'audit-reason': Buffer.from(text).toString('latin1') });
    const reasons = (await log()).map((line) => line.reason).filter(Boolean);
    expect(reasons).toEqual([text, text]);
  });

  test.each([
    ['', 'oh'],
    ['too long', 'x'.repeat(501)],
    ['two lines', 'one%0Atwo'],
    ['not UTF-8', '%E9t%E9'],
    ['half an escape', 'of 100% of them'],
    ['an e-mail address', 'asked by camille@example.org'],
    ['a telephone number', 'called 06 12 34 56 78'],
    ['a file number', 'dossier 0000000042'],
  ])('is refused: %s', async (_, text) => {
    expect(await put({ 'audit-reason': text })).toEqual([422, 'reason_refused', 'Audit-Reason']);
    expect(await log()).toEqual([]);
  });

  test('in the body is held to the same, and the header goes before it', async () => {
    const paused = { paused: true, reason: 'dossier 0000000042' };
    expect(await put({ 'audit-reason': '' }, paused)).toEqual([422, 'reason_refused', 'reason']);
    const both = await put({ 'audit-reason': 'a fault' }, paused);
    expect(both).toEqual([422, 'reason_refused', 'reason']);
    expect(await log()).toEqual([]);
    const clean = { paused: true, reason: 'shown on the page' };
    expect((await put({ 'audit-reason': 'a fault' }, clean))[0]).toBe(200);
    expect((await log())[0]).toMatchObject({ reason: 'a fault' });
  });

  test('may name a draw', async () => {
    expect((await put({ 'audit-reason': 'as in 20261207-7k2m9x, 2026-12-07' }))[0]).toBe(200);
  });
});

test('what cannot be written to the log is not done', async () => {
  const token = await api.keyOf('supervisor');
  await api.redis.set(`tirage:{${prefecture}}:audit`, 'no list');
  const address = `${api.origin()}/v1/prefectures/${prefecture}/pause`;
  const body = JSON.stringify({ paused: true, reason: 'a fault' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  expect((await exchange(address, 'PUT', body, headers)).status).toBe(500);
  expect((await api.store.prefectures.get(prefecture))?.paused).toBeUndefined();
});

test('where only its outcome cannot be written, a change stands as begun, and that is counted', async () => {
  const token = await api.keyOf('supervisor');
  const deps = api.deps();
  // The second command of the log is lost: its first line is one.
  const audit = new AuditStore(failAfter(api.redis, 2));
  const server = createServer(createApp({ ...deps, store: { ...api.store, audit } }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const address = `http://127.0.0.1:${port}/v1/prefectures/${prefecture}/pause`;
  const body = JSON.stringify({ paused: true, reason: 'a fault' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const { status } = await exchange(address, 'PUT', body, headers);
  await once(server.close(), 'close');
  expect(status).toBe(200);
  expect((await api.store.prefectures.get(prefecture))?.paused).toBeDefined();
  expect(await log()).toMatchObject([{ kind: 'change', operation: 'putPause' }]);
  expect((await deps.metrics.auditOutcomesLost.get()).values[0]?.value).toBe(1);
});
