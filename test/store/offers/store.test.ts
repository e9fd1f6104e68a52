import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { hourMs, prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const draw = '20261201-abcdef';
const offerId = `${draw}.e0001`;
const endMs = sampleNowMs + 72 * hourMs;
const settled = { code: 'offer_settled' };

async function published(size = { places: 2, entries: 3 }): Promise<DrawWorld> {
  const world = new DrawWorld(redis);
  await world.open(size);
  await world.draw(draw);
  return world;
}

const mail = () => redis.lrange(keys.mailDue, 0, -1);

describe('offers of a draw', () => {
  test('are made once, however often they are asked for', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 2, entries: 3 });
    await world.begin(draw);
    await world.publishManifest(draw);
    await world.seal(draw);
    expect(await world.openMany(draw)).toBe(2);
    expect(await world.openMany(draw)).toBe(0);
    await world.store.draws.publish(prefecture, draw, world.nowMs);
    expect(await world.openMany(draw)).toBe(0);
    expect(await world.offer(offerId)).toEqual(withoutReminder(world.offers(draw)[0]));
    const entry = await world.entry('e0001');
    expect([entry.state, entry.held]).toEqual(['offered', { draw, slot: 's1' }]);
    expect(await mail()).toEqual([`offer.e0001.${draw}`, `offer.e0002.${draw}`]);
    expect(await redis.zscore(keys.deadlines, offerId)).toBe(String(endMs));
    expect(await world.places()).toEqual({ free: 0, idle: 0, held: 2 });
    expect(await world.faults()).toEqual([]);
  });

  test('pass over a winner who has left: the place stays idle, and the record says why', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 2, entries: 3 });
    await world.begin(draw);
    await world.publishManifest(draw);
    await world.store.entries.leave(prefecture, 'e0001', 'withdraw', world.nowMs);
    await world.seal(draw);
    expect(await world.openMany(draw)).toBe(1);
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
    expect((await world.replay(draw)).reserve.freed()).toEqual([{ slot: 's1', places: 1 }]);
  });

  test('cannot be made of a draw that is void, or not drawn yet', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 2, entries: 3 });
    await world.begin(draw);
    await world.publishManifest(draw);
    await expect(world.openMany(draw)).rejects.toMatchObject({ code: 'draw_settled' });
    await world.seal(draw);
    await world.store.draws.void(prefecture, draw, { reason: 'r', agent: 'k1' }, world.nowMs);
    await expect(world.openMany(draw)).rejects.toMatchObject({ code: 'draw_settled' });
  });

  test('come page by page', async () => {
    const world = await published({ places: 700, entries: 700 });
    const found = new Set<string>();
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
      const { offers, cursor: next } = await world.store.offers.list(prefecture, draw, page);
      for (const { entry } of offers) found.add(entry);
      cursor = next;
      pages += 1;
    } while (cursor !== undefined);
    expect(found.size).toBe(700);
    expect(pages).toBeGreaterThan(3);
    const made = world.store.offers.list(prefecture, draw, { limit: 1, cursor: 'x' });
    await expect(made).rejects.toMatchObject({ code: 'input_malformed' });
  });
});

describe('an answer', () => {
  test('that accepts books the appointment and ends all reminding', async () => {
    const world = await published();
    const { offers } = world.store;
    const offer = await offers.settle(prefecture, offerId, 'accept', world.nowMs);
    expect(offer).toMatchObject({ state: 'accepted', appointment: 'booked' });
    expect(offer.settledAtMs).toBe(world.nowMs);
    expect(await world.offer(offerId)).toEqual(offer);
    expect((await world.entry('e0001')).state).toBe('booked');
    expect(await redis.zscore(keys.deadlines, offerId)).toBeNull();
    expect(await redis.zscore(keys.reminders, offerId)).toBeNull();
    expect((await mail()).at(-1)).toBe(`booked.e0001.${draw}`);
    expect(await world.laterEvents(draw)).toEqual([
      { type: 'accepted', entry: 'e0001', slot: 's1' },
    ]);
    expect(await world.faults()).toEqual([]);
  });

  test('that declines frees the place for this reserve list; the entry waits on', async () => {
    const world = await published();
    await world.store.offers.settle(prefecture, offerId, 'decline', world.nowMs);
    const entry = await world.entry('e0001');
    expect(entry).toMatchObject({ state: 'waiting', since: 1, missed: 0 });
    expect(entry.held).toBeUndefined();
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
    const { reserve } = await world.replay(draw);
    expect(reserve.next('s1')).toBe('e0003');
  });

  test('that declines after the draw is closed frees the place for the next draw', async () => {
    const world = await published();
    await world.closePrevious();
    await world.store.offers.settle(prefecture, offerId, 'decline', world.nowMs);
    expect(await world.places()).toEqual({ free: 1, idle: 0, held: 1 });
    expect(await world.laterEvents(draw)).toEqual([
      { type: 'declined', entry: 'e0001', slot: 's1' },
    ]);
  });

  test('given twice counts once, and another one is refused', async () => {
    const world = await published();
    const { offers } = world.store;
    const first = await offers.settle(prefecture, offerId, 'accept', world.nowMs);
    expect(await offers.settle(prefecture, offerId, 'accept', world.nowMs + 1)).toEqual(first);
    for (const event of ['decline', 'expire'] as const) {
      const answer = offers.settle(prefecture, offerId, event, endMs);
      await expect(answer).rejects.toMatchObject(settled);
    }
    expect(await world.laterEvents(draw)).toHaveLength(1);
  });

  test('to no offer is refused', async () => {
    const { offers } = (await published()).store;
    for (const id of ['', 'e0001', `${draw}.e0003`, `nowhere.e0001`, `${draw}.e0001.x`]) {
      const answer = offers.settle(prefecture, id, 'accept', sampleNowMs);
      await expect(answer).rejects.toMatchObject({ code: 'offer_not_found' });
      expect(await offers.get(prefecture, id)).toBeUndefined();
    }
  });

  test('to an offer of a void draw is refused even before it is taken back', async () => {
    const world = await published();
    await world.store.draws.void(prefecture, draw, { reason: 'r', agent: 'k1' }, world.nowMs);
    for (const event of ['accept', 'decline'] as const) {
      const answer = world.store.offers.settle(prefecture, offerId, event, world.nowMs);
      await expect(answer).rejects.toMatchObject(settled);
    }
    expect(await world.laterEvents(draw)).toEqual([{ type: 'void' }]);
  });

  test('by the service, which takes the offer back, is told to the person', async () => {
    const world = await published();
    await world.store.offers.revoke(prefecture, offerId, { cause: 'illness' }, world.nowMs);
    expect((await mail()).at(-1)).toBe(`revoked.e0001.${draw}`);
    expect((await world.entry('e0001')).state).toBe('waiting');
    expect(await world.laterEvents(draw)).toEqual([
      { type: 'revoked', entry: 'e0001', slot: 's1', cause: 'illness' },
    ]);
  });
});

describe('an appointment', () => {
  async function booked(): Promise<DrawWorld> {
    const world = await published();
    await world.store.offers.settle(prefecture, offerId, 'accept', world.nowMs);
    return world;
  }

  test('that is given up frees its place and lets the entry wait on', async () => {
    const world = await booked();
    const cancelled = await world.store.offers.cancel(prefecture, offerId, world.nowMs);
    expect(cancelled).toMatchObject({ state: 'accepted', appointment: 'cancelled' });
    expect(await world.store.offers.cancel(prefecture, offerId, world.nowMs)).toEqual(cancelled);
    expect((await world.entry('e0001')).state).toBe('waiting');
    expect((await mail()).at(-1)).toBe(`cancelled.e0001.${draw}`);
    expect((await world.laterEvents(draw)).map(({ type }) => type)).toEqual([
      'accepted',
      'cancelled',
    ]);
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
    expect((await world.replay(draw)).reserve.next('s1')).toBe('e0003');
  });

  test('is taken back in public when somebody comes with the document of another person', async () => {
    const world = await booked();
    const { offers } = world.store;
    const after = await offers.attend(prefecture, offerId, 'refuse', world.nowMs);
    expect(after).toMatchObject({ state: 'accepted', appointment: 'refused' });
    expect(await offers.attend(prefecture, offerId, 'refuse', world.nowMs)).toEqual(after);
    expect((await world.entry('e0001')).state).toBe('rejected');
    expect((await world.laterEvents(draw)).map(({ type }) => type)).toEqual([
      'accepted',
      'rejected',
    ]);
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
    expect((await world.replay(draw)).reserve.next('s1')).toBe('e0003');
    expect(await world.faults()).toEqual([]);
    expect(await offers.tallies(prefecture)).toEqual({
      ...{ attended: 0, unchecked: 0, no_show: 0, refused: 1 },
    });
  });

  test('refused over a misread number is put right', async () => {
    const world = await booked();
    const { offers } = world.store;
    await offers.attend(prefecture, offerId, 'refuse', world.nowMs);
    const after = await offers.attend(prefecture, offerId, 'attend', world.nowMs);
    expect(after.appointment).toBe('attended');
    expect(await world.entry('e0001')).toMatchObject({ state: 'served', held: { draw } });
    expect(await world.laterEvents(draw)).toHaveLength(2);
    await expect(offers.attend(prefecture, offerId, 'refuse', 0)).rejects.toMatchObject({
      code: 'appointment_settled',
    });
  });

  test.each([
    ['attend', 'attended', 'served'],
    ['attend_unchecked', 'attended', 'served'],
    ['miss', 'no_show', 'expired'],
  ] as const)('that people %s is over, with its entry', async (event, appointment, state) => {
    const world = await booked();
    const { offers } = world.store;
    const after = await offers.attend(prefecture, offerId, event, world.nowMs);
    expect(after.appointment).toBe(appointment);
    expect(await offers.attend(prefecture, offerId, event, world.nowMs)).toEqual(after);
    expect((await world.entry('e0001')).state).toBe(state);
    await expect(offers.cancel(prefecture, offerId, world.nowMs)).rejects.toMatchObject({
      code: 'appointment_settled',
    });
    expect(await world.laterEvents(draw)).toHaveLength(1);
    expect(await world.faults()).toEqual([]);
  });

  test('is none before the offer is accepted', async () => {
    const { offers } = (await published()).store;
    const none = { code: 'appointment_not_found' };
    await expect(offers.cancel(prefecture, offerId, 0)).rejects.toMatchObject(none);
    await expect(offers.attend(prefecture, offerId, 'attend', 0)).rejects.toMatchObject(none);
    await expect(offers.cancel(prefecture, 'nothing', 0)).rejects.toMatchObject(none);
  });

  test('cannot be given up once it has begun', async () => {
    const world = await booked();
    const { slotStart } = await world.offer(offerId);
    const late = world.store.offers.cancel(prefecture, offerId, Date.parse(slotStart));
    await expect(late).rejects.toMatchObject({ code: 'appointment_settled' });
  });
});

function withoutReminder<Offer extends { remindAtMs: number }>(offer: Offer | undefined) {
  const { remindAtMs: _remindAtMs, ...rest } = offer ?? { remindAtMs: 0 };
  return rest;
}
