import { beforeEach, describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { sampleDraw } from '../../support/draw-samples.ts';
import { prefecture, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('supervisor');
});

const week = 'replace=2026-12-07/2026-12-11';
const slot = {
  site: 'nanterre',
  start: '2026-12-07T09:30:00+01:00',
  capacity: 2,
  requestTypes: ['renewal'],
};
const add = (...slots: unknown[]) => api.call('POST', '/slots', { token, json: { slots } });
const replace = (query: string, ...slots: unknown[]) =>
  api.call('POST', `/slots/import?${query}`, { token, json: { slots } });
const there = async () => [...(await api.store.slots.places(prefecture))].sort();
const freeze = async () => {
  await api.store.draws.schedule(prefecture, sampleDraw({ id: 'd1' }));
  await api.store.draws.beginFreeze(prefecture, 'd1', api.time.nowMs);
};
const nothing = { slots: 0, places: 0, sites: [], requestTypes: [], ids: [] };

describe('POST slots/import', () => {
  test('previews, by site and request type and with ids, and then does the same', async () => {
    const both = { ...slot, requestTypes: ['renewal', 'first'] };
    await add({ ...slot, id: 'old' }, { ...both, id: 'moved' }, { ...slot, id: 'same' });
    const plan = [
      { ...slot, id: 'same' },
      { ...both, id: 'moved', start: '2026-12-08T09:30:00+01:00', capacity: 3 },
      { ...slot, id: 'new', site: 'antony', requestTypes: ['first'] },
    ];
    const preview = await replace(`${week}&dryRun=true`, ...plan);
    const renewal = { requestType: 'renewal', slots: 1, places: 2 };
    const nanterre = { site: 'nanterre', slots: 1, places: 2 };
    const one = { slots: 1, places: 2, sites: [nanterre], requestTypes: [renewal] };
    const first = { requestType: 'first', slots: 1 };
    expect([preview.status, preview.body]).toEqual([
      200,
      {
        dryRun: true,
        added: {
          ...{ slots: 1, places: 2, sites: [{ ...nanterre, site: 'antony' }], ids: ['new'] },
          requestTypes: [{ ...first, places: 2 }],
        },
        changed: {
          ...{ slots: 1, places: 3, sites: [{ ...nanterre, places: 3 }], ids: ['moved'] },
          requestTypes: [
            { ...first, places: 3 },
            { ...renewal, places: 3 },
          ],
        },
        removed: { ...one, ids: ['old'] },
        kept: nothing,
        unchanged: { ...one, ids: ['same'] },
      },
    ]);
    expect((await there()).map(([id]) => id)).toEqual(['moved', 'old', 'same']);
    const done = await replace(week, ...plan);
    expect(done.body).toEqual({ ...preview.body, dryRun: false });
    expect(await there()).toEqual([
      ['moved', 3],
      ['new', 2],
      ['same', 2],
    ]);
    const again = await replace(week, ...plan);
    expect([again.body.unchanged.slots, again.body.added]).toEqual([3, nothing]);
  });

  test('takes CSV, whose lines without an id are the same slots each time', async () => {
    const text = (places: number) =>
      `id,site,date,time,places,requestTypes\n,nanterre,2026-12-07,09:30,${places},renewal\n`;
    const post = (places: number) =>
      api.call('POST', `/slots/import?${week}`, { token, raw: text(places), type: 'text/csv' });
    expect((await post(1)).body.added.slots).toBe(1);
    const { body } = await post(4);
    expect([body.changed.slots, body.changed.places, body.added.slots]).toEqual([1, 4, 0]);
  });

  test('keeps what a draw has, and tells it', async () => {
    await add(
      { ...slot, id: 'drawn' },
      { ...slot, id: 'later', start: '2026-12-14T09:30:00+01:00' },
    );
    await freeze();
    const { body } = await replace(week, { ...slot, id: 'drawn', capacity: 9 });
    expect([body.kept.ids, body.changed.slots]).toEqual([['drawn'], 0]);
    expect((await api.store.slots.get(prefecture, 'drawn'))?.capacity).toBe(2);
  });

  test('of some sites leaves the others; an empty plan clears the days', async () => {
    await add({ ...slot, id: 'n' }, { ...slot, id: 'a', site: 'antony', requestTypes: ['first'] });
    const { body } = await replace(`${week}&sites=antony`);
    expect(body.removed.ids).toEqual(['a']);
    expect((await replace(week)).body.removed.ids).toEqual(['n']);
  });

  test('refuses lines of other days and sites, by line and member, and does nothing', async () => {
    await add({ ...slot, id: 'old' });
    const { status, body } = await replace(
      `${week}&sites=nanterre`,
      { ...slot, start: '2026-12-12T09:30:00+01:00' },
      { ...slot, site: 'antony', requestTypes: ['first'] },
      { ...slot, capacity: 0 },
    );
    const named = body.errors.map((one: { line: number; member: string }) => [
      one.line,
      one.member,
    ]);
    expect([status, body.code, named]).toEqual([
      422,
      'slots_invalid',
      [
        [1, 'start'],
        [2, 'site'],
        [3, 'capacity'],
      ],
    ]);
    expect(await there()).toEqual([['old', 2]]);
  });

  test('refuses the id of a slot on another day, by its line', async () => {
    await add({ ...slot, id: 'later', start: '2026-12-14T09:30:00+01:00' });
    const { status, body } = await replace(week, slot, { ...slot, id: 'later' });
    expect([status, body.code, body.member]).toEqual([409, 'slot_duplicate', 'line 2, id']);
  });

  test.each([
    ['', 400, 'request_invalid'],
    ['replace=2026-12-11/2026-12-07', 400, 'request_invalid'],
    ['replace=2026-02-30/2026-12-07', 400, 'request_invalid'],
    ['replace=2026-01-01/2027-01-02', 400, 'request_invalid'],
    [`${week}&sites=paris`, 422, 'site_unknown'],
    [`${week}&sites=`, 400, 'request_invalid'],
    [`${week}&dryRun=yes`, 400, 'request_invalid'],
  ])('refuses %s', async (query, status, code) => {
    const refused = await replace(query, slot);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  test('waits for another import, is for those who import, and is in the audit log', async () => {
    const lock = { id: 'other', startedAtMs: api.time.nowMs };
    await api.redis.hset(keysOf(prefecture).importLock, lock);
    expect((await replace(week, slot)).body.code).toBe('import_in_progress');
    expect((await replace(`${week}&dryRun=true`, slot)).status).toBe(200);
    await api.redis.del(keysOf(prefecture).importLock);
    const agent = await api.keyOf('agent');
    const refused = await api.call('POST', `/slots/import?${week}`, {
      token: agent,
      json: { slots: [] },
    });
    expect(refused.body.code).toBe('role_insufficient');
    await add({ ...slot, id: 'old' });
    await replace(week);
    const lines = await api.redis.lrange(keysOf(prefecture).audit, 0, -1);
    expect(lines.map((line) => JSON.parse(line)).at(-1)).toMatchObject({ ids: ['old'] });
  });
});
