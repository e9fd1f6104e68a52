import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { RequestType, Site } from '#src/domain/prefectures/prefecture.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { sampleDraw } from '../../support/draw-samples.ts';
import { prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('supervisor');
});

const HEADER = 'id,site,date,time,places,requestTypes\n';
const csv = (text: string) => api.call('POST', '/slots', { token, raw: text, type: 'text/csv' });
const json = (...slots: unknown[]) => api.call('POST', '/slots', { token, json: { slots } });
const slot = {
  id: 'slot-1',
  site: 'nanterre',
  start: '2026-12-07T09:30:00+01:00',
  capacity: 2,
  requestTypes: ['renewal'],
};
const stored = async () => [...(await api.store.slots.places(prefecture))].sort();

describe('POST slots as CSV', () => {
  test('adds them with local times and the offset of the day', async () => {
    await api.store.prefectures.update(prefecture, (found) => ({
      ...found,
      settings: { ...found.settings, timeZone: 'Europe/Paris' },
    }));
    const text = `${HEADER}winter,nanterre,2026-12-07,09:30,2,renewal\nsummer,antony,2027-07-05,14:00,1,first\n`;
    const { status, body } = await csv(text);
    expect([status, body]).toEqual([201, { imported: 2 }]);
    expect(await api.store.slots.get(prefecture, 'winter')).toEqual({ ...slot, id: 'winter' });
    expect((await api.store.slots.get(prefecture, 'summer'))?.start).toBe(
      '2027-07-05T14:00:00+02:00',
    );
    expect(await stored()).toEqual([
      ['summer', 1],
      ['winter', 2],
    ]);
  });

  test('reads local times in the zone of a prefecture overseas', async () => {
    await api.store.prefectures.update(prefecture, (found) => ({
      ...found,
      settings: { ...found.settings, timeZone: 'Indian/Reunion' },
    }));
    await csv(`${HEADER}a,nanterre,2026-12-07,09:30,1,renewal\n`);
    expect((await api.store.slots.get(prefecture, 'a'))?.start).toBe('2026-12-07T09:30:00+04:00');
  });

  test('makes an id where there is none, the same each time', async () => {
    const text = `${HEADER},nanterre,2026-12-07,09:30,1,renewal|first\n`;
    await csv(text);
    const [[id] = ['']] = await stored();
    expect(id).toMatch(/^nanterre-20261207-0930-[0-9a-f]{8}$/);
    const again = await csv(text);
    expect([again.status, again.body.code, again.body.member]).toEqual([
      409,
      'slot_duplicate',
      'line 2, id',
    ]);
  });

  test('takes columns in any order, quotes, CRLF, a byte order mark and empty lines', async () => {
    const text =
      '\ufeff"places",id,time,date,site,requestTypes\r\n3,a,09:30,2026-12-07,nanterre,"renewal|first"\r\n\r\n';
    expect((await csv(text)).body).toEqual({ imported: 1 });
  });

  test('is all or nothing, and names every bad line', async () => {
    const text = [
      HEADER.trim(),
      'good,nanterre,2026-12-07,09:30,1,renewal',
      'bad id,nanterre,2026-12-07,09:30,1,renewal',
      'c,paris,2026-12-07,09:30,1,renewal',
      'd,nanterre,2026-13-07,09:30,1,renewal',
      'e,nanterre,2026-12-07,25:00,1,renewal',
      'f,nanterre,2026-12-07,09:30,0,renewal',
      'g,nanterre,2026-12-07,09:30,many,renewal',
      'h,nanterre,2026-12-07,09:30,1,visa',
      'i,antony,2026-12-07,09:30,1,renewal',
      'j,nanterre,2026-12-07,09:30,1,',
      'k,nanterre,2027-03-28,02:30,1,renewal',
      'l,nanterre,2026-11-30,09:30,1,renewal',
      'good,nanterre,2026-12-08,09:30,1,renewal',
      '',
    ].join('\n');
    const { status, body } = await csv(text);
    expect([status, body.code, body.errorCount]).toEqual([422, 'slots_invalid', 12]);
    expect(
      body.errors.map(({ line, member }: { line: number; member: string }) => `${line} ${member}`),
    ).toEqual([
      '3 id',
      '4 site',
      '5 date',
      '6 time',
      '7 places',
      '8 places',
      '9 requestTypes[0]',
      '10 requestTypes[0]',
      '11 requestTypes',
      '12 time',
      '13 date',
      '14 id',
    ]);
    expect(body.errors[9].message).toMatch(/clocks/);
    expect(await stored()).toEqual([]);
  });

  test('tells a hundred errors at most, and how many there are', async () => {
    const lines = Array.from({ length: 250 }, (_, at) => `s${at},paris,2026-12-07,09:30,1,renewal`);
    const { body } = await csv(`${HEADER}${lines.join('\n')}\n`);
    expect([body.errors.length, body.errorCount]).toEqual([100, 250]);
  });

  test.each([
    ['a missing column', 'id,site,date,time,places\na,nanterre,2026-12-07,09:30,1\n', 1],
    ['an unknown column', `desk,${HEADER}`, 1],
    ['a line with too few cells', `${HEADER}a,nanterre\n`, 2],
    [
      'a quote that is never closed',
      `${HEADER}"a,nanterre,2026-12-07,09:30,1,renewal\n`,
      undefined,
    ],
    ['a header alone', HEADER, undefined],
    ['nothing', '', undefined],
  ])('refuses %s', async (_what, text, line) => {
    const { status, body } = await csv(text);
    expect([status, body.code]).toEqual([422, 'slots_invalid']);
    if (line !== undefined) expect(body.errors[0].line).toBe(line);
  });

  test('takes 50,000 lines, not one more, while others are served', async () => {
    const line = (at: number) => `s${at},nanterre,2026-12-${10 + (at % 10)},09:30,1,renewal`;
    const lines = Array.from({ length: 50_000 }, (_, at) => line(at));
    const importing = csv(`${HEADER}${lines.join('\n')}\n`);
    const alive = await api.send('GET', '/live');
    expect(alive.status).toBe(200);
    expect((await importing).body).toEqual({ imported: 50_000 });
    const more = await csv(`${HEADER}${[...lines, line(50_000)].join('\n')}\n`);
    expect([more.status, more.body.code]).toEqual([422, 'slots_invalid']);
    expect((await stored()).length).toBe(50_000);
  });

  test('takes the example of Hauts-de-Seine as it is', async () => {
    const file = (name: string) => readFileSync(`examples/hauts-de-seine/${name}`, 'utf8');
    const sites = z.array(Site).parse(JSON.parse(file('sites.json')));
    const requestTypes = z.array(RequestType).parse(JSON.parse(file('request-types.json')));
    await api.store.prefectures.update(prefecture, (found) => ({ ...found, sites, requestTypes }));
    const { status, body, text } = await csv(file('slots.csv'));
    expect([status, text]).toEqual([201, text]);
    expect(body.imported).toBe(file('slots.csv').trim().split('\n').length - 1);
  });
});

describe('POST slots as JSON', () => {
  test('adds them', async () => {
    const { status, body } = await json(slot, { ...slot, id: undefined, capacity: 1 });
    expect([status, body]).toEqual([201, { imported: 2 }]);
    expect(await api.store.slots.get(prefecture, 'slot-1')).toEqual(slot);
  });

  test.each([
    ['start', { start: '2026-12-07T09:30:00Z' }],
    ['start', { start: '2026-12-07T09:30:00+02:00' }],
    ['start', { start: '2027-02-31T09:30:00+01:00' }],
    ['start', { start: '2026-11-07T09:30:00+01:00' }],
    ['site', { site: 'paris' }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: 1.5 }],
    ['requestTypes', { requestTypes: ['renewal', 'renewal'] }],
    ['', { desk: 4 }],
  ])('refuses a wrong %s %j', async (member, members) => {
    const { status, body } = await json(slot, { ...slot, id: 'b', ...members });
    expect([status, body.code]).toEqual([422, 'slots_invalid']);
    expect(body.errors[0]).toMatchObject({ line: 2, member });
    expect(await stored()).toEqual([]);
  });

  test('refuses an id that exists, or comes twice', async () => {
    await json(slot);
    const exists = await json({ ...slot, id: 'new' }, slot);
    expect([exists.status, exists.body.code, exists.body.member]).toEqual([
      409,
      'slot_duplicate',
      'line 2, id',
    ]);
    const twice = await json({ ...slot, id: 'new' }, { ...slot, id: 'new' });
    expect([twice.status, twice.body.code]).toEqual([422, 'slots_invalid']);
    expect(await stored()).toEqual([['slot-1', 2]]);
  });

  test('refuses no slots', async () => {
    expect((await json()).body.code).toBe('request_invalid');
  });
});

test('GET slots shows them page by page', async () => {
  await json(...Array.from({ length: 30 }, (_, at) => ({ ...slot, id: `s${at}` })));
  const seen = new Set<string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await api.call('GET', `/slots?limit=10${from}`, { token });
    for (const { id } of body.slots) seen.add(id);
    cursor = body.cursor;
  }
  expect(seen.size).toBe(30);
});

describe('GET, PATCH and DELETE of one slot', () => {
  const patch = (members: object, id = 'slot-1') =>
    api.call('PATCH', `/slots/${id}`, { token, json: members });
  const remove = (id = 'slot-1') => api.call('DELETE', `/slots/${id}`, { token });
  const read = (id = 'slot-1') => api.call('GET', `/slots/${id}`, { token });
  /** A draw that has frozen takes what is free; nobody holds any of it. */
  const freeze = async () => {
    const draw = sampleDraw({ id: 'd1' });
    await api.store.draws.schedule(prefecture, draw);
    await api.store.draws.beginFreeze(prefecture, 'd1', api.time.nowMs);
  };
  beforeEach(async () => {
    await json(slot);
  });

  test('change a slot that no draw has, and say where its places are', async () => {
    const members = { capacity: 3, start: '2026-12-08T10:00:00+01:00', requestTypes: ['first'] };
    const { status, body } = await patch(members);
    const places = { free: 3, idle: 0, held: 0 };
    expect([status, body]).toEqual([200, { ...slot, ...members, places, closed: null }]);
    expect((await read()).body).toEqual(body);
    expect((await api.call('GET', '/slots', { token })).body.slots).toEqual([body]);
    expect((await patch(members)).body).toEqual(body);
  });

  test.each([
    [{ site: 'paris' }, 'site', 422],
    [{ site: 'antony' }, 'requestTypes[0]', 422],
    [{ start: '2026-11-08T10:00:00+01:00' }, 'start', 422],
    [{ requestTypes: ['visa'] }, 'requestTypes[0]', 422],
    [{ capacity: 0 }, 'capacity', 422],
    [{ desk: 1 }, undefined, 400],
    [{}, undefined, 400],
    [{ capacity: 1001 }, undefined, 400],
  ])('refuse %j, as an import does', async (members, member, status) => {
    const refused = await patch(members);
    expect([refused.status, refused.body.member]).toEqual([status, member]);
    expect((await read()).body).toMatchObject(slot);
  });

  test('delete a slot that no draw has; a repeat says that there is none', async () => {
    expect((await remove()).status).toBe(204);
    for (const gone of [await remove(), await read(), await patch({ capacity: 1 })]) {
      expect([gone.status, gone.body.code]).toEqual([404, 'slot_not_found']);
    }
  });

  test('refuse a slot of a draw, with the places that are free, in a draw, offered and booked', async () => {
    await freeze();
    expect((await read()).body.places).toEqual({ free: 0, idle: 2, held: 0 });
    const changed = await patch({ capacity: 1 });
    expect([changed.status, changed.body.code, changed.body.member]).toEqual([
      409,
      'slot_frozen',
      'capacity',
    ]);
    expect(changed.body.detail).toContain('places are 0 free, 2 in a draw, 0 offered, 0 booked');
    expect((await remove()).body.code).toBe('slot_frozen');
  });

  test('wait for an import under way', async () => {
    await api.redis.hset(keysOf(prefecture).importLock, {
      id: 'other',
      count: 1,
      startedAtMs: api.time.nowMs,
    });
    expect((await patch({ capacity: 1 })).body.code).toBe('import_in_progress');
    expect((await remove()).body.code).toBe('import_in_progress');
    api.forget();
    api.time.nowMs += 60_000;
    expect((await patch({ capacity: 1 })).status).toBe(200);
  });

  test('are for those who import slots; agents may look', async () => {
    const agent = await api.keyOf('agent');
    const as = (method: string, json?: object) =>
      api.call(method, '/slots/slot-1', { token: agent, ...(json ? { json } : {}) });
    expect((await as('PATCH', { capacity: 1 })).body.code).toBe('role_insufficient');
    expect((await as('DELETE')).body.code).toBe('role_insufficient');
    expect((await as('GET')).status).toBe(200);
  });

  test('each leave a line in the audit log that names the slot', async () => {
    await patch({ capacity: 1 });
    await remove();
    const lines = await api.redis.lrange(keysOf(prefecture).audit, 0, -1);
    const done = lines.map((line) => JSON.parse(line)).filter(({ ids }) => ids !== undefined);
    expect(done.map(({ ids }) => ids)).toEqual([['slot-1'], ['slot-1']]);
  });
});
