import { describe, expect, test } from 'vitest';
import { DrawWorld } from '../../support/draw-world.ts';
import { hourMs, join, prefecture, useApi, verify } from '../harness.ts';

const api = useApi();

describe('GET entries/{id}', () => {
  test('shows what a person wants to know', async () => {
    const { id, token } = await join(api);
    await join(api);
    const planned = Date.parse('2026-12-05T09:00:00Z');
    await api.deps().scheduler.scheduleOnce(prefecture, planned + hourMs, 'k');
    await api.deps().scheduler.scheduleOnce(prefecture, planned, 'k');
    const { body, headers } = await api.call('GET', `/entries/${id}`, { token });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      id,
      state: 'waiting',
      requestType: 'renewal',
      missed: 0,
      owed: false,
      priority: null,
      absence: null,
      rejection: null,
      language: 'en',
      accepts: null,
      joinedAt: '2026-12-01T08:00:00.000Z',
      offer: null,
      nextDrawAt: '2026-12-05T09:00:00.000Z',
      waiting: 2,
      lastChance: null,
      actions: ['change_availability', 'withdraw'],
    });
  });

  test('shows the offer in full, then the appointment, and the last chance', async () => {
    const people = [await join(api), await join(api)];
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.draw('20261201-draw01');
    api.forget();
    // This draw has no luck in it: the first by id wins.
    const { id, token } = people.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0] ?? {
      id: '',
      token: '',
    };
    const offered = await api.call('GET', `/entries/${id}`, { token });
    expect(offered.body).toMatchObject({
      state: 'offered',
      lastChance: 0.5,
      waiting: 1,
      actions: ['accept', 'decline', 'change_availability', 'withdraw'],
      offer: {
        id: `20261201-draw01.${id}`,
        state: 'pending',
        start: '2030-01-07T09:00:00+01:00',
        site: { id: 'nanterre', labels: { fr: 'Nanterre' } },
        deadline: '2026-12-04T08:00:00.000Z',
        appointment: null,
      },
    });
    await api.call('POST', `/offers/20261201-draw01.${id}/accept`, { token });
    const booked = await api.call('GET', `/entries/${id}`, { token });
    expect(booked.body).toMatchObject({
      state: 'booked',
      offer: { state: 'accepted', appointment: 'booked' },
      actions: ['cancel', 'withdraw'],
    });
  });
});

describe('PATCH entries/{id}', () => {
  test('changes availability, and takes it away', async () => {
    const { id, token } = await join(api);
    const accepts = { sites: ['nanterre'], notBefore: '2026-12-10' };
    const changed = await api.call('PATCH', `/entries/${id}`, { token, json: { accepts } });
    expect([changed.status, changed.body.accepts]).toEqual([200, accepts]);
    const anything = await api.call('PATCH', `/entries/${id}`, { token, json: { accepts: null } });
    expect(anything.body.accepts).toBeNull();
    expect(await api.store.entries.get(prefecture, id)).not.toHaveProperty('accepts');
  });

  test('does not verify, and keeps the code that is on its way', async () => {
    const { id, token } = await join(api, {}, { verified: false });
    await api.call('PATCH', `/entries/${id}`, { token, json: { accepts: null } });
    expect((await verify(api, id)).body.state).toBe('waiting');
  });

  test.each([
    { person: { name: 'Somebody Else' } },
    { name: 'Somebody Else' },
    { accepts: null, contact: { email: 'other@example.org' } },
    { accepts: null, requestType: 'first' },
    {},
  ])('refuses %j: nothing but availability can be changed', async (json) => {
    const { id, token } = await join(api);
    const before = await api.store.entries.get(prefecture, id);
    const { status, body } = await api.call('PATCH', `/entries/${id}`, { token, json });
    expect([status, body.code]).toEqual([400, 'request_invalid']);
    expect(await api.store.entries.get(prefecture, id)).toEqual(before);
  });

  test('refuses a site that does not serve the request type', async () => {
    const { id, token } = await join(api);
    const json = { accepts: { sites: ['nanterre', 'antony'] } };
    const { status, body } = await api.call('PATCH', `/entries/${id}`, { token, json });
    expect([status, body.code, body.member]).toEqual([422, 'site_unknown', 'accepts.sites[1]']);
  });

  test('refuses an entry that has left', async () => {
    const { id, token } = await join(api);
    await api.call('DELETE', `/entries/${id}`, { token });
    const reply = await api.call('PATCH', `/entries/${id}`, { token, json: { accepts: null } });
    expect([reply.status, reply.body.code]).toEqual([409, 'entry_settled']);
  });
});

describe('DELETE entries/{id}', () => {
  test('leaves the waitlist, once and for all, and the person may join again', async () => {
    const { id, token, request } = await join(api);
    expect((await api.call('DELETE', `/entries/${id}`, { token })).status).toBe(204);
    expect((await api.call('DELETE', `/entries/${id}`, { token })).status).toBe(204);
    expect((await api.call('GET', `/entries/${id}`, { token })).body.state).toBe('withdrawn');
    expect((await api.call('POST', '/entries', { json: request })).status).toBe(201);
  });

  test('frees the place it holds, and wakes who refills it', async () => {
    const { id, token } = await join(api);
    const world = new DrawWorld(api.redis);
    await world.addSlot('slot-1', 1);
    await world.draw('20261201-draw01');
    expect((await api.call('DELETE', `/entries/${id}`, { token })).status).toBe(204);
    expect(await api.store.draws.places(prefecture, '20261201-draw01')).toEqual(
      new Map([['slot-1', 1]]),
    );
    await api.deps().waker.close();
    expect(await api.queues().offers.getJobCounts('waiting')).toEqual({ waiting: 1 });
  });

  test('an entry that was rejected cannot withdraw', async () => {
    const { id, token } = await join(api);
    await api.store.entries.leave(prefecture, id, 'reject', api.time.nowMs);
    const { status, body } = await api.call('DELETE', `/entries/${id}`, { token });
    expect([status, body.code]).toEqual([409, 'entry_settled']);
  });
});

test.each(['GET', 'DELETE', 'PATCH'])(
  '%s of an entry that never was, with its token',
  async (method) => {
    const id = '0000000000000000';
    const token = api.tokens.entryToken(prefecture, id);
    const json = method === 'PATCH' ? { json: { accepts: null } } : {};
    const { status, body } = await api.call(method, `/entries/${id}`, { token, ...json });
    expect([status, body.code]).toEqual([404, 'entry_not_found']);
  },
);
