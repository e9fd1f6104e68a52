import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { operations } from '#src/api/http/operations.ts';
import { operatorEntropy } from '#src/identity/entropy/entropy.ts';
import { catalogueOf } from '#src/texts/catalogues.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { drawExample } from '../../allocator/support/draw-files.ts';
import { recordOf, vector } from '../../allocator/support/vector-records.ts';
import { openHouse } from '../../support/house.ts';
import { hasPython } from '../../support/python.ts';
import { redisUrl } from '../../support/redis.ts';
import { sampleSlot } from '../../support/samples.ts';
import { exchange, join, prefecture, type Reply, useApi } from '../harness.ts';

// lottery/v1: a draw by the operator's secret must say that it is weaker wherever it is shown. A new
// public operation that names such a draw and does not say so fails here.

const api = useApi();
const word = /weaker|plus faible/;
const saysSo = ({ text, headers }: Pick<Reply, 'text' | 'headers'>) =>
  word.test(text) || word.test(headers.get('tirage-entropy') ?? '');

const reads = operations.filter(({ access, method }) => access === 'public' && method === 'get');
const queries: Readonly<Record<string, string>> = {
  readChallenge: '?purpose=join',
  proveRegisterInclusion: '?index=0&size=1',
  proveRegisterConsistency: '?first=1&second=1',
};

/** What the person reads; papers as PDF have tests of their own. */
const isOfPerson = ({ access, method, path }: (typeof operations)[number]) =>
  (access === 'entry' || (typeof access === 'object' && access.orEntry === true)) &&
  method === 'get' &&
  !path.endsWith('.pdf');

let id = '';
let people: { readonly id: string; readonly token: string }[] = [];
const page = (lang: string) =>
  exchange(`${api.origin()}/p/${prefecture}?lang=${lang}`, 'GET', undefined, {});

describe('a draw by the operator’s secret says that it is weaker', () => {
  beforeEach(async () => {
    const slot = sampleSlot({ id: 'slot-a', start: '2026-12-20T09:00:00+01:00', capacity: 1 });
    await api.store.slots.importAll(prefecture, [slot], api.time.nowMs);
    people = [await join(api), await join(api)];
    id = (await api.deps().scheduler.scheduleOnce(prefecture, api.time.nowMs, 'key')).id;
    const house = openHouse({ redisUrl: redisUrl(), nowMs: api.time.nowMs });
    await advanceDraws(house.steps({ entropy: operatorEntropy(api.vault) }), prefecture);
    await house.close();
    await signRegister({ ...api.deps(), witnesses: [] }, prefecture);
    api.forget();
  });

  test('in each public answer that names it', async () => {
    const silent: string[] = [];
    const named: string[] = [];
    for (const { id: operationId, path } of reads) {
      const query = queries[operationId] ?? '';
      const reply = await api.call('GET', `${path.replace('{drawId}', id)}${query}`);
      expect([operationId, reply.status < 300]).toEqual([operationId, true]);
      if (!reply.text.includes(id)) continue;
      named.push(operationId);
      if (!saysSo(reply)) silent.push(operationId);
    }
    expect(silent).toEqual([]);
    expect(named).toEqual(
      expect.arrayContaining([
        ...['readStatistics', 'listDraws', 'readDraw', 'readManifest', 'readRecord'],
        'listRegisterEntries',
      ]),
    );
  });

  test('in each leaf of the register that tells how it was drawn, and in its counts', async () => {
    const leaves = (await api.call('GET', '/register/entries')).text.trim().split('\n');
    const drawn = leaves.filter((leaf) => /"kind":"(scheduled|manifest|outcome)"/.test(leaf));
    expect(drawn.map((leaf) => word.test(leaf))).toEqual([true, true, true]);
    expect((await api.call('GET', '/register/counts')).body).toMatchObject({ drawn: 1, weaker: 1 });
    const { latestDraws } = (await api.call('GET', '/statistics')).body;
    expect(latestDraws).toMatchObject({ published: 1, weaker: 1 });
  });

  test('in each answer to a person that tells of it', async () => {
    const { entries } = await api.store.entries.list(prefecture, { limit: 10, state: 'waiting' });
    const [loser] = entries.filter(({ id: one }) => people.some((joined) => joined.id === one));
    const { token = '' } = people.find((joined) => joined.id === loser?.id) ?? {};
    const told: string[] = [];
    for (const { id: operationId, path } of operations.filter(isOfPerson)) {
      const address = path.replace('{entryId}', loser?.id ?? '').replace('{drawId}', id);
      const reply = await api.call('GET', address, { token });
      const text = `${reply.text} ${Buffer.from(reply.text.split('.')[1] ?? '', 'base64url')}`;
      if (!text.includes(id)) continue;
      told.push(operationId);
      expect([operationId, word.test(text)]).toEqual([operationId, true]);
    }
    expect(told).toEqual(
      expect.arrayContaining(['listCertificates', 'readCertificate', 'listParticipations']),
    );
    const form = `action=show&token=${token}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const [lang, words] of [
      ['fr', 'secret de l’opérateur (plus faible'],
      ['en', 'secret of the operator (weaker'],
    ]) {
      const address = `${api.origin()}/p/${prefecture}/entries/${loser?.id}?lang=${lang}`;
      expect((await exchange(address, 'POST', form, type)).text).toContain(words);
    }
  });

  test('in answers to agents who plan it, schedule it and declare it void', async () => {
    const token = await api.keyOf('supervisor');
    const send = (method: string, path: string, json: object) =>
      api.call(method, path, { token, json });
    const replies = [
      await send('POST', '/draws', { at: '2026-12-24T10:00:00Z' }),
      await send('PUT', '/draw-schedules/weekly', { pattern: '0 10 * * 1' }),
      await send('POST', `/draws/${id}/void`, { reason: 'wrong rules' }),
    ];
    expect(replies.map(saysSo)).toEqual([true, true, true]);
  });

  test('on the page, beside each draw where there are two kinds, in both languages', async () => {
    const drand = { source: 'drand', chain: '0'.repeat(64) } as const;
    await api.store.draws.schedule(prefecture, {
      ...{ id: '20261207-beacon', state: 'scheduled', entropy: drand },
      ...{ atMs: api.time.nowMs + 1000, scheduledAtMs: api.time.nowMs },
    });
    const lines = async (lang: string) => (await page(lang)).text.split('<li>');
    const lineOf = (all: string[], draw: string) => all.find((line) => line.includes(draw)) ?? '';
    const [french, english] = [await lines('fr'), await lines('en')];
    expect(lineOf(french, id)).toContain('secret de l’opérateur (plus faible)');
    expect(lineOf(french, '20261207-beacon')).toContain('balise publique');
    expect(lineOf(english, id)).toContain('secret of the operator (weaker)');
    expect(lineOf(english, '20261207-beacon')).toMatch(/public beacon/);
    expect(lineOf(english, '20261207-beacon').split('</li>')[0]).not.toMatch(word);
    const [whole] = [(await page('en')).text];
    expect(whole).toContain('A public beacon that nobody controls');
    expect(whole).toContain('Weaker than a public beacon');
  });
});

describe('and so it does outside the service', () => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'tirage-weaker-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  test('in what both verifiers say, and the page that verifies', () => {
    const record = joinPath(folder, 'record.ndjson');
    writeFileSync(record, recordOf(vector('one-of-three')).join(''));
    expect(run(process.execPath, ['scripts/verify.ts', record]).stdout).toMatch(word);
    if (hasPython) expect(run('python3', ['scripts/verify.py', record]).stdout).toMatch(word);
    for (const language of ['fr', 'en'] as const) {
      expect(catalogueOf(language).verifierInBrowser.operator).toMatch(word);
    }
  });

  test('when the offline draw is run at a terminal, and only then', () => {
    const file = joinPath(folder, 'draw.json');
    writeFileSync(file, JSON.stringify(drawExample('one-of-three').file));
    expect(run(process.execPath, ['scripts/draw.ts', file]).stderr).toBe('');
    const command = `'${process.execPath}' scripts/draw.ts '${file}'`;
    const seen = run('script', ['-qec', command, '/dev/null']).stdout;
    expect(seen).toMatch(/^\{"entriesRoot"/);
    expect(seen).toMatch(word);
  });
});
