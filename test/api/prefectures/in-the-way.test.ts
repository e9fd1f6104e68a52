import { beforeEach, describe, expect, test } from 'vitest';
import { DrawWorld } from '../../support/draw-world.ts';
import { join, prefecture, twoTypes, useApi } from '../harness.ts';

const api = useApi();
let token = '';
beforeEach(async () => {
  token = await api.keyOf('admin');
});

const put = (path: string, json: unknown) => api.call('PUT', path, { token, json });
const { sites, requestTypes } = twoTypes();
const [nanterre, antony] = sites;
const [renewal, first] = requestTypes;
const slot = {
  id: 'slot-1',
  site: 'antony',
  start: '2026-12-14T09:30:00+01:00',
  capacity: 2,
  requestTypes: ['first'],
};
const add = (members: object = {}) =>
  api.call('POST', '/slots', { token, json: { slots: [{ ...slot, ...members }] } });
/** A draw of what is there: begun, or with an offer to everybody, or with their appointments. */
async function draw(state: 'frozen' | 'pending' | 'booked'): Promise<void> {
  const world = new DrawWorld(api.redis);
  if (state === 'frozen') await world.begin('d1');
  else await world.draw('d1');
  const { offers } = await api.store.offers.list(prefecture, 'd1', { limit: 10 });
  if (state !== 'booked') return;
  for (const { entry } of offers) {
    await api.store.offers.settle(prefecture, `d1.${entry}`, 'accept', api.time.nowMs);
  }
}

/** First requests at Nanterre only. */
const without = { requestTypes: [renewal, { ...first, sites: ['nanterre'] }] };
const closing = (closedFrom: string) => ({ sites: [nanterre, { ...antony, closedFrom }] });
const none = { slots: 0, places: 0, offers: 0, appointments: 0, entries: 0 };
const row = { site: 'antony', requestType: 'first', why: 'gone', ...none, blocks: true };

describe('a site that is taken out of a request type', () => {
  test('with slots to come is refused with the counts, until they are gone', async () => {
    await add();
    const refused = await put('/request-types', without);
    expect([refused.status, refused.body.code, refused.body.member]).toEqual([
      409,
      'site_in_use',
      'requestTypes[1].sites',
    ]);
    expect(refused.body.detail).toContain('1 slots with 2 places that nobody holds, 0 offers');
    expect((await api.store.prefectures.get(prefecture))?.requestTypes).toEqual(requestTypes);
    await api.call('DELETE', '/slots/slot-1', { token });
    expect((await put('/request-types', without)).status).toBe(200);
  });

  test('without slots to come may go: what has begun is no matter', async () => {
    await add({ start: '2026-12-01T10:00:00+01:00' });
    await add({ id: 'other', site: 'nanterre' });
    api.time.nowMs += 2 * 3_600_000;
    expect((await put('/request-types', without)).status).toBe(200);
  });

  test('with people who accept no other is refused; those who accept another one may wait', async () => {
    await join(api, { requestType: 'first', accepts: { sites: ['antony', 'nanterre'] } });
    const { id, token: theirs } = await join(api, {
      requestType: 'first',
      accepts: { sites: ['antony'] },
    });
    const preview = await put('/request-types?dryRun=true', without);
    expect(preview.body).toEqual({
      ...without,
      dryRun: true,
      inTheWay: [{ ...row, entries: 1 }],
    });
    expect((await put('/request-types', without)).body.code).toBe('site_in_use');
    await api.call('DELETE', `/entries/${id}`, { token: theirs });
    expect((await put('/request-types', without)).body).toEqual(without);
  });

  test.each(['pending', 'booked'] as const)(
    'with somebody there (%s) is refused',
    async (state) => {
      await add({ capacity: 1 });
      await join(api, { requestType: 'first' });
      await draw(state);
      const { body } = await put('/request-types?dryRun=true', without);
      const held = state === 'pending' ? { offers: 1 } : { appointments: 1 };
      expect(body.inTheWay).toEqual([{ ...row, slots: 1, ...held }]);
      expect((await put('/request-types', without)).body.code).toBe('site_in_use');
    },
  );
});

describe('a request type that is removed', () => {
  test('with slots to come is refused, and named', async () => {
    await add();
    const refused = await put('/request-types', { requestTypes: [renewal] });
    expect([refused.status, refused.body.code, refused.body.member]).toEqual([
      409,
      'request_type_in_use',
      'requestTypes',
    ]);
  });

  test('with people waiting tells how many', async () => {
    await join(api, { requestType: 'first' });
    const { body } = await put('/request-types?dryRun=true', { requestTypes: [renewal] });
    expect(body.inTheWay).toEqual([{ ...row, site: null, entries: 1 }]);
    const refused = await put('/request-types', { requestTypes: [renewal] });
    expect(refused.body.detail).toContain('1 people who would have no site left');
  });
});

test('a site that no type has any more, but slots of before, cannot be removed', async () => {
  await add();
  // As it could be left by an earlier release.
  await api.store.prefectures.update(prefecture, (found) => ({
    ...found,
    requestTypes: requestTypes.map((type) => ({ ...type, sites: ['nanterre'] })),
  }));
  const refused = await put('/sites', { sites: [nanterre] });
  expect([refused.status, refused.body.code, refused.body.member]).toEqual([
    409,
    'site_in_use',
    'sites',
  ]);
});

describe('a site that closes', () => {
  test('can have no slot planned from that day on', async () => {
    expect((await put('/sites', closing('2026-12-14'))).body).toEqual(closing('2026-12-14'));
    api.forget();
    const refused = await add();
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [
        {
          line: 1,
          member: 'start',
          message: 'is not before 2026-12-14, when its site closes',
        },
      ],
    ]);
    expect((await add({ start: '2026-12-13T09:30:00+01:00' })).status).toBe(201);
    expect((await api.call('GET', '/sites')).body).toEqual(closing('2026-12-14'));
  });

  test('tells the free slots of then, before and after, and keeps them out of draws', async () => {
    await add();
    const told = [{ ...row, why: 'closes', slots: 1, places: 2, blocks: false }];
    const preview = await put('/sites?dryRun=true', closing('2026-12-14'));
    expect(preview.body).toEqual({ ...closing('2026-12-14'), dryRun: true, inTheWay: told });
    expect((await put('/sites?dryRun=true', closing('2026-12-15'))).body.inTheWay).toEqual([]);
    const done = await put('/sites', closing('2026-12-14'));
    expect([done.status, done.body.inTheWay]).toEqual([200, told]);
  });

  test.each(['frozen', 'pending', 'booked'] as const)(
    'is refused while a slot of then is %s',
    async (state) => {
      await add({ capacity: 1 });
      await join(api, { requestType: 'first' });
      await draw(state);
      const refused = await put('/sites', closing('2026-12-14'));
      expect([refused.status, refused.body.code, refused.body.member]).toEqual([
        409,
        'site_in_use',
        'sites[1].closedFrom',
      ]);
      expect((await put('/sites', closing('2026-12-15'))).status).toBe(200);
    },
  );

  test.each(['2026-02-30', '14/12/2026', ''])('does so on a real day, not on %s', async (day) => {
    expect((await put('/sites', closing(day))).body.code).toBe('request_invalid');
  });
});
