import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { manifestHash } from '#src/allocator/record/manifest.ts';
import { verifyRecord } from '#src/allocator/record/verify.ts';
import { operations } from '#src/api/http/operations.ts';
import { jcs } from '#src/base/jcs.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { openHouse } from '../../support/house.ts';
import { redisUrl } from '../../support/redis.ts';
import { sampleSlot } from '../../support/samples.ts';
import { exchange, hourMs, join, prefecture, useApi } from '../harness.ts';

const api = useApi();
const withMax = (priorityMax: number) => (found: Prefecture) => ({
  ...found,
  rules: { priorityMax },
});

const publicPaths = operations
  .filter(({ access, method }) => access === 'public' && method === 'get')
  .map(({ path }) => path);

const houses: ReturnType<typeof openHouse>[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

/** Runs every draw that is due, with the real workers' steps. */
async function runDraws(): Promise<void> {
  const house = openHouse({ redisUrl: redisUrl(), nowMs: api.time.nowMs });
  houses.push(house);
  // The secret of a draw is sealed with the API's key.
  await advanceDraws(house.steps({ entropy: houseEntropy() }), prefecture);
  api.forget();
}

function houseEntropy() {
  const { vault } = api;
  return operatorEntropy(vault);
}

async function addSlots(...ids: string[]): Promise<void> {
  const start = '2026-12-20T09:00:00+01:00';
  const slots = ids.map((id) => sampleSlot({ id, start, capacity: 1 }));
  await api.store.slots.importAll(prefecture, slots, api.time.nowMs);
}

async function drawNow(): Promise<string> {
  const { id } = await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key');
  await runDraws();
  return id;
}

describe('configuration', () => {
  test('says what a prefecture offers', async () => {
    const { body, headers } = await api.call('GET', '');
    expect(body).toMatchObject({ id: prefecture, paused: null, nextDrawAt: null });
    expect(body.requestTypes).toHaveLength(2);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect((await api.call('GET', '/sites')).body.sites).toHaveLength(2);
    expect((await api.call('GET', '/request-types')).body.requestTypes[0].id).toBe('renewal');
    expect((await api.call('GET', '/rules')).body).toEqual({});
  });

  test('is answered 304 to who has it, and anew once it changed', async () => {
    for (const path of ['', '/sites', '/request-types', '/rules', '/statistics', '/draws']) {
      const first = await api.call('GET', path);
      const etag = first.headers.get('etag') ?? '';
      expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
      const again = await api.call('GET', path, { headers: { 'if-none-match': etag } });
      expect([path, again.status, again.text]).toEqual([path, 304, '']);
    }
    const { headers } = await api.call('GET', '/rules');
    await api.store.prefectures.update(prefecture, withMax(1), api.time.nowMs);
    api.forget();
    const changed = await api.call('GET', '/rules', {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect([changed.status, changed.body]).toEqual([200, { priorityMax: 1 }]);
  });

  test('a change by another process is seen within a second', async () => {
    await api.call('GET', '/rules');
    await api.store.prefectures.update(prefecture, withMax(2), api.time.nowMs);
    api.time.nowMs += 999;
    expect((await api.call('GET', '/rules')).body).toEqual({});
    api.time.nowMs += 1;
    expect((await api.call('GET', '/rules')).body).toEqual({ priorityMax: 2 });
  });
});

describe('draws', () => {
  test('a planned draw is public with the commitment, and says that its source is weaker', async () => {
    const atMs = api.time.nowMs + hourMs;
    const { id } = await api.deps().scheduler.scheduleOnce(prefecture, atMs, 'key');
    const one = await api.call('GET', `/draws/${id}`);
    expect(one.body).toMatchObject({
      id,
      state: 'scheduled',
      plannedAt: '2026-12-01T09:00:00.000Z',
      seed: null,
      statistics: null,
      entropy: {
        source: 'operator',
        strength: 'weaker',
        commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(one.body.entropy.note.en).toMatch(/weaker/i);
    expect(one.text).not.toMatch(/sealed/i);
    const list = await api.call('GET', '/draws');
    expect(list.body.draws).toEqual([one.body]);
    expect((await api.call('GET', `/draws/${id}/manifest`)).body.code).toBe('manifest_unavailable');
    expect((await api.call('GET', `/draws/${id}/record`)).body.code).toBe('record_unavailable');
  });

  test('are listed page by page, the latest planned first', async () => {
    const ids: string[] = [];
    for (const hours of [1, 2, 3]) {
      const atMs = api.time.nowMs + hours * hourMs;
      ids.unshift((await api.deps().scheduler.scheduleOnce(prefecture, atMs, 'key')).id);
    }
    const first = await api.call('GET', '/draws?limit=2');
    const second = await api.call('GET', `/draws?limit=2&cursor=${first.body.cursor}`);
    const seen = [...first.body.draws, ...second.body.draws].map(({ id }) => id);
    expect([seen, second.body.cursor]).toEqual([ids, null]);
  });

  test('a published draw can be checked by anyone, from its public answers alone', async () => {
    await addSlots('slot-a', 'slot-b');
    for (let at = 0; at < 5; at += 1) await join(api);
    const id = await drawNow();

    const { body: draw } = await api.call('GET', `/draws/${id}`);
    expect(draw).toMatchObject({ state: 'published', number: 1 });
    expect(draw.statistics).toMatchObject({ entries: 5, places: 2, drawn: 2 });
    expect(draw.statistics.requestTypes).toEqual([
      { requestType: 'renewal', waiting: 5, places: 2, drawn: 2, chance: 0.4, medianWaitDraws: 1 },
    ]);

    const manifest = await api.call('GET', `/draws/${id}/manifest`);
    expect(manifest.text).toBe(jcs(manifest.body));
    expect(manifestHash(manifest.body, nodeSha256)).toBe(draw.manifestHash);
    expect(manifest.headers.get('cache-control')).toContain('immutable');

    const record = await api.call('GET', `/draws/${id}/record`);
    expect(record.headers.get('content-type')).toContain('application/x-ndjson');
    expect(verdictOf(record.text)).toBe('verified');
  });

  test('the record grows by events, its first part never changes', async () => {
    await addSlots('slot-a');
    await join(api);
    const id = await drawNow();
    const result = await api.call('GET', `/draws/${id}/record?part=result`);
    const whole = await api.call('GET', `/draws/${id}/record`);
    const offered = whole.text.slice(result.text.length);
    expect(whole.text.startsWith(result.text)).toBe(true);
    expect(JSON.parse(offered)).toMatchObject({ kind: 'event', type: 'offered' });
    expect(result.headers.get('cache-control')).toContain('immutable');
    expect(whole.headers.get('cache-control')).not.toContain('immutable');

    const { entries } = await api.store.entries.list(prefecture, { limit: 10, state: 'offered' });
    const offer = `${id}.${entries[0]?.id}`;
    await api.store.offers.settle(prefecture, offer, 'decline', api.time.nowMs);
    const etag = whole.headers.get('etag') ?? '';
    const grown = await api.call('GET', `/draws/${id}/record`, {
      headers: { 'if-none-match': etag },
    });
    expect(grown.status).toBe(200);
    expect(grown.text.startsWith(whole.text)).toBe(true);
    expect(grown.text.trim().split('\n').at(-1)).toContain('"type":"declined"');
    expect(verdictOf(grown.text)).toBe('verified');
    const first = await api.call('GET', `/draws/${id}/record?part=result`);
    expect(first.text).toBe(result.text);
    const tag = first.headers.get('etag') ?? '';
    const kept = await api.call('GET', `/draws/${id}/record?part=result`, {
      headers: { 'if-none-match': tag },
    });
    expect(kept.status).toBe(304);
  });

  test('the record comes gzipped to who takes it, plain to who does not', async () => {
    await addSlots('slot-a');
    await join(api);
    const id = await drawNow();
    const path = `/v1/prefectures/${prefecture}/draws/${id}/record`;
    const zipped = await exchange(`${api.origin()}${path}`, 'GET', undefined, {
      'accept-encoding': 'gzip',
    });
    const plain = await exchange(`${api.origin()}${path}`, 'GET', undefined, {});
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(gunzipSync(zipped.bytes).toString()).toBe(plain.text);
    expect(zipped.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    expect(zipped.headers.get('vary')).toMatch(/accept-encoding/i);
    const head = await api.call('HEAD', `/draws/${id}/record`);
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test('a void draw stays listed, with its reason, and is counted', async () => {
    await addSlots('slot-a');
    await join(api);
    const id = await drawNow();
    const by = { reason: 'wrong rules', agent: 'key' };
    await api.store.draws.void(prefecture, id, by, api.time.nowMs);
    api.forget();
    const { body } = await api.call('GET', `/draws/${id}`);
    expect(body).toMatchObject({ state: 'void', voided: { reason: 'wrong rules', agent: 'key' } });
    const record = await api.call('GET', `/draws/${id}/record`);
    expect(record.text).toContain('"type":"void"');
    expect(record.headers.get('cache-control')).toContain('immutable');
    expect((await api.call('GET', '/statistics')).body.latestDraws).toEqual({
      published: 0,
      weaker: 0,
      void: 1,
      superseded: 0,
      skipped: 0,
      repeated: 0,
      afterVoid: 0,
      overdue: 0,
    });
  });

  test.each(['', '/manifest', '/record'])('an unknown draw has no %s', async (rest) => {
    const { status, body } = await api.call('GET', `/draws/20261201-nodraw${rest}`);
    expect([status, body.code]).toEqual([404, 'draw_not_found']);
  });
});

test('statistics tell who waits, and what the last draw did', async () => {
  await addSlots('slot-a');
  for (let at = 0; at < 4; at += 1) await join(api);
  await join(api, { requestType: 'first' });
  const before = await api.call('GET', '/statistics');
  expect(before.body.requestTypes).toEqual([
    { requestType: 'renewal', waiting: 4, nextDrawAt: null, lastDraw: null },
    { requestType: 'first', waiting: 1, nextDrawAt: null, lastDraw: null },
  ]);
  const draw = await drawNow();
  const { body } = await api.call('GET', '/statistics');
  // A draw that is over is not the next one.
  expect(body.nextDrawAt).toBeNull();
  const of = { draw, entropy: expect.objectContaining({ strength: 'weaker' }) };
  const renewal = { ...of, waiting: 4, places: 1, drawn: 1, chance: 0.25, medianWaitDraws: 1 };
  const first = { ...of, waiting: 1, places: 0, drawn: 0, chance: 0, medianWaitDraws: null };
  expect(body.requestTypes).toEqual([
    { requestType: 'renewal', waiting: 3, nextDrawAt: null, lastDraw: renewal },
    { requestType: 'first', waiting: 1, nextDrawAt: null, lastDraw: first },
  ]);
});

test('no public answer names a slot before it is drawn', async () => {
  await addSlots('secret-slot-1');
  const person = await join(api);
  const drawn = await drawNow();
  await addSlots('secret-slot-2', 'secret-slot-3');
  const atMs = api.time.nowMs + hourMs;
  const planned = (await api.deps().scheduler.scheduleOnce(prefecture, atMs, 'key')).id;
  const answers: string[] = [];
  for (const path of publicPaths) {
    for (const draw of [drawn, planned]) {
      answers.push((await api.call('GET', path.replace('{drawId}', draw))).text);
    }
  }
  answers.push((await api.call('GET', `/entries/${person.id}`, { token: person.token })).text);
  expect(answers.filter((text) => /secret-slot-[23]/.test(text))).toEqual([]);
  // The one that was drawn stands in the record of its draw, and nowhere else in public.
  expect(answers.filter((text) => text.includes('secret-slot-1'))).toHaveLength(1);
});

test('slots of a draw that is frozen, not drawn, are not public', async () => {
  await addSlots('secret-slot-1');
  await join(api);
  const { id } = await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key');
  const house = openHouse({
    redisUrl: redisUrl(),
    nowMs: api.time.nowMs,
    onStep: (name, { phase }) => {
      if (name === 'allocate' && phase === 'begin') throw new Error('killed here');
    },
  });
  houses.push(house);
  const steps = house.steps({ entropy: houseEntropy() });
  await advanceDraws(steps, prefecture).catch(() => {});
  const { body } = await api.call('GET', `/draws/${id}`);
  expect(body).toMatchObject({
    state: 'frozen',
    manifestHash: expect.any(String),
    outcomeHash: null,
  });
  expect((await api.call('GET', `/draws/${id}/manifest`)).status).toBe(200);
  const record = await api.call('GET', `/draws/${id}/record`);
  expect([record.status, record.body.code]).toEqual([404, 'record_unavailable']);
});

function verdictOf(record: string): string {
  const lines = record.split(/(?<=\n)/);
  return verifyRecord(lines, { sha256: nodeSha256 }).verdict;
}
