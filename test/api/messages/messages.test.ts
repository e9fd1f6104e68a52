import { beforeEach, describe, expect, test } from 'vitest';
import { DrawWorld } from '../../support/draw-world.ts';
import { hourMs, join, prefecture, useApi } from '../harness.ts';

const api = useApi();
const draw = '20261201-draw01';
let token = '';
let id = '';
beforeEach(async () => {
  token = await api.keyOf('supervisor');
  ({ id } = await join(api));
  const world = new DrawWorld(api.redis);
  await world.addSlot('slot-1', 1);
  await world.draw(draw);
  await api.store.messages.done(prefecture, await api.store.messages.due(prefecture, 100));
});

const post = (path: string) => api.call('POST', `/messages/${path}`, { token });
const dead = async () => (await api.call('GET', '/messages?state=dead', { token })).body.messages;

test('messages that could not be delivered are seen, the latest first', async () => {
  const { messages } = api.store;
  const letter = { reason: 'address_refused', attempts: 8 };
  await messages.bury(prefecture, { id: `code.${id}.1`, ...letter, atMs: api.time.nowMs });
  await messages.bury(prefecture, { id: `welcome.${id}.1`, ...letter, atMs: api.time.nowMs + 1 });
  expect(await dead()).toEqual([
    {
      id: `welcome.${id}.1`,
      kind: 'welcome',
      entry: id,
      ...letter,
      at: '2026-12-01T08:00:00.001Z',
    },
    { id: `code.${id}.1`, kind: 'code', entry: id, ...letter, at: '2026-12-01T08:00:00.000Z' },
  ]);
  const { body } = await api.call('GET', '/messages?limit=1', { token });
  expect(body.messages).toHaveLength(1);
});

test('a message that is replayed is due again, and no dead letter any more', async () => {
  const message = `welcome.${id}.1`;
  const letter = { id: message, reason: 'timeout', attempts: 8, atMs: api.time.nowMs };
  await api.store.messages.bury(prefecture, letter);
  expect((await post(`${message}/replay`)).status).toBe(202);
  expect(await dead()).toEqual([]);
  expect(await api.store.messages.due(prefecture, 10)).toEqual([message]);
  await api.deps().waker.close();
  expect(await api.queues().dispatch.getJobCounts('waiting')).toEqual({ waiting: 1 });
  const again = await post(`${message}/replay`);
  expect([again.status, again.body.code]).toEqual([404, 'message_not_found']);
});

describe('a bounce', () => {
  const offer = () => `offer.${id}.${draw}`;
  const deadline = async () =>
    (await api.store.offers.get(prefecture, `${draw}.${id}`))?.deadlineMs;

  test('of an offer gives as much time again, once', async () => {
    const before = await deadline();
    api.time.nowMs += 24 * hourMs;
    const first = await post(`${offer()}/bounce`);
    expect(first.body).toEqual({
      id: offer(),
      extended: true,
      deadline: '2026-12-05T08:00:00.000Z',
    });
    expect(await deadline()).toBe((before ?? 0) + 24 * hourMs);
    api.time.nowMs += hourMs;
    const second = await post(`${offer()}/bounce`);
    expect(second.body).toMatchObject({ extended: false, deadline: '2026-12-05T08:00:00.000Z' });
  });

  test('of a reminder gives as much time again', async () => {
    const before = await deadline();
    api.time.nowMs += 24 * hourMs;
    const { body } = await post(`reminder.${id}.${draw}/bounce`);
    expect(body).toEqual({
      id: `reminder.${id}.${draw}`,
      extended: true,
      deadline: '2026-12-05T08:00:00.000Z',
    });
    expect(await deadline()).toBe((before ?? 0) + 24 * hourMs);
  });

  test('is a dead letter; replayed, it will really be sent again', async () => {
    await api.store.messages.markSent(prefecture, offer(), 3600);
    await post(`${offer()}/bounce`);
    expect(await dead()).toMatchObject([{ id: offer(), reason: 'bounced' }]);
    await post(`${offer()}/replay`);
    expect(await api.store.messages.wasSent(prefecture, offer())).toBe(false);
  });

  test('of another message extends nothing', async () => {
    const { body } = await post(`welcome.${id}.1/bounce`);
    expect(body).toEqual({ id: `welcome.${id}.1`, extended: false, deadline: null });
  });

  test('of an offer that was answered extends nothing', async () => {
    const before = await deadline();
    await api.store.offers.settle(prefecture, `${draw}.${id}`, 'decline', api.time.nowMs);
    api.time.nowMs += hourMs;
    expect((await post(`${offer()}/bounce`)).body.extended).toBe(false);
    expect(await deadline()).toBe(before);
  });

  test.each(['letter.0000000000000000.1', 'offer.0000000000000000.20261201-draw01', 'offer'])(
    'of %s, which was never sent, is refused',
    async (message) => {
      const { status } = await post(`${message}/bounce`);
      expect(status).toBe(message === 'offer' ? 400 : 404);
    },
  );
});
