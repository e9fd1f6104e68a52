import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { DomainError } from '#src/base/errors.ts';
import { recordInstant } from '#src/base/instants.ts';
import { OfferStore } from '#src/store/offers/store.ts';
import { hourMs, prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const draw = '20261201-abcdef';
const endMs = sampleNowMs + 72 * hourMs;

// Connections of their own, so that the order of commands is Redis's choice, not ours.
const connections = Array.from({ length: 6 }, () => new Redis(redisUrl()));
const workers = connections.map((connection) => new OfferStore(connection));
afterAll(() => Promise.all(connections.map((connection) => connection.quit())));

function workerAt(at: number): OfferStore {
  const worker = workers[at % workers.length];
  if (!worker) throw new Error('no worker');
  return worker;
}

/** A published draw whose first winner has declined. */
async function freed(size = { places: 2, entries: 4 }): Promise<DrawWorld> {
  const world = new DrawWorld(redis);
  await world.open(size);
  await world.draw(draw);
  await world.store.offers.settle(prefecture, `${draw}.e0001`, 'decline', world.nowMs);
  return world;
}

describe('a freed place', () => {
  test('goes to whom the record names, as long as it says so', async () => {
    const world = await freed();
    const { reserve, events } = await world.replay(draw);
    const entry = reserve.next('s1') ?? '';
    const offer = world.newOffer(draw, { entry, slot: 's1' });
    expect(await world.store.offers.refill(prefecture, offer, events)).toBe('refilled');
    expect(await world.store.offers.refill(prefecture, offer, events)).toBe('entry_changed');
    expect(await world.offer(`${draw}.e0003`)).toMatchObject({ state: 'pending', via: 'refill' });
    expect((await world.laterEvents(draw)).at(-1)).toEqual({
      type: 'refilled',
      entry: 'e0003',
      slot: 's1',
      until: recordInstant(world.nowMs + 72 * hourMs),
    });
    expect(await world.places()).toEqual({ free: 0, idle: 0, held: 2 });
    expect(await world.faults()).toEqual([]);
    expect((await world.replay(draw)).reserve.freed()).toEqual([]);
  });

  test('stays where it is when the record has gone on, the entry has left, or time stands still', async () => {
    const world = await freed();
    const { offers, entries, prefectures, draws } = world.store;
    const offer = world.newOffer(draw, { entry: 'e0003', slot: 's1' });
    expect(await offers.refill(prefecture, offer, 0)).toBe('events_moved');
    await prefectures.pause(prefecture, 'flood', world.nowMs);
    expect(await offers.refill(prefecture, offer, 3)).toBe('paused');
    await prefectures.resume(prefecture, world.nowMs);
    await entries.leave(prefecture, 'e0003', 'withdraw', world.nowMs);
    expect(await offers.refill(prefecture, offer, 4)).toBe('entry_changed');
    const other = world.newOffer(draw, { entry: 'e0004', slot: 's1' });
    await draws.close(prefecture, draw, world.nowMs);
    expect(await offers.refill(prefecture, other, 4)).toBe('draw_settled');
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
  });

  test('never goes to an entry that came after the freeze, or was offered one before', async () => {
    const world = await freed();
    await world.addEntry('late');
    for (const entry of ['late', 'e0001', 'nobody']) {
      const offer = world.newOffer(draw, { entry, slot: 's1' });
      expect(await world.store.offers.refill(prefecture, offer, 3)).toBe('entry_changed');
    }
  });

  test('is offered once when two workers refill it, round after round', async () => {
    const world = await freed({ places: 30, entries: 60 });
    for (let at = 2; at <= 30; at += 1) {
      const { reserve, events } = await world.replay(draw);
      const entry = reserve.next('s1') ?? '';
      const offer = world.newOffer(draw, { entry, slot: 's1' });
      const outcomes = await Promise.all(
        [0, 1].map((worker) => workerAt(worker).refill(prefecture, offer, events)),
      );
      expect(outcomes.filter((outcome) => outcome === 'refilled')).toHaveLength(1);
      await world.store.offers.settle(
        prefecture,
        `${draw}.e${String(at).padStart(4, '0')}`,
        'decline',
        world.nowMs,
      );
    }
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 29 });
    expect(await world.faults()).toEqual([]);
  });
});

/** A connection on which something happens once, between what a method reads and what it writes. */
function interrupted(happening: () => Promise<unknown>): Redis {
  let waits = true;
  return new Proxy(redis, {
    get(target, name, receiver) {
      if (name !== 'evalsha' || !waits) return Reflect.get(target, name, receiver);
      return async (sha1: string, keyCount: number, ...rest: (string | number)[]) => {
        waits = false;
        await happening();
        return target.evalsha(sha1, keyCount, ...rest);
      };
    },
  });
}

/** The words of many calls at once: the state reached, or the code of the refusal. */
async function race(calls: (() => Promise<{ state: string }>)[]): Promise<string[]> {
  return Promise.all(
    calls.map((call) =>
      call().then(
        (offer) => offer.state,
        (error: unknown) => {
          if (error instanceof DomainError) return error.code;
          throw error;
        },
      ),
    ),
  );
}

describe('one offer', () => {
  const offerId = `${draw}.e0002`;
  const policy = { silencesAllowed: 2 };

  test('of 50 accepts, 50 declines and 50 expiries at once has one outcome', async () => {
    const world = await freed();
    const calls = Array.from({ length: 150 }, (_, at) => () => {
      const event = (['accept', 'decline', 'expire'] as const)[at % 3] ?? 'accept';
      const nowMs = event === 'expire' ? endMs : endMs - 1;
      return workerAt(at).settle(prefecture, offerId, event, nowMs, policy);
    });
    const words = await race(calls);
    const { state } = await world.offer(offerId);
    expect(['accepted', 'declined', 'expired']).toContain(state);
    expect(words.filter((word) => word === state)).toHaveLength(50);
    expect(words.filter((word) => word === 'offer_settled')).toHaveLength(100);
    expect(await world.laterEvents(draw)).toHaveLength(2);
    expect(await world.faults()).toEqual([]);
    await world.replay(draw);
  });

  test('of which accept and expiry race at the deadline has one outcome, time and again', async () => {
    const world = await freed({ places: 40, entries: 40 });
    for (let at = 2; at <= 40; at += 1) {
      const id = `${draw}.e${String(at).padStart(4, '0')}`;
      const words = await race([
        () => workerAt(0).settle(prefecture, id, 'accept', endMs - 1, policy),
        () => workerAt(1).settle(prefecture, id, 'expire', endMs, policy),
      ]);
      const { state } = await world.offer(id);
      expect(words.sort()).toEqual([state, 'offer_settled'].sort());
    }
    expect(await world.faults()).toEqual([]);
    await world.replay(draw);
  });

  test('whose deadline moves while it is answered stays answered', async () => {
    const world = await freed({ places: 40, entries: 40 });
    for (let at = 2; at <= 40; at += 1) {
      const id = `${draw}.e${String(at).padStart(4, '0')}`;
      await Promise.all([
        workerAt(at).settle(prefecture, id, 'accept', world.nowMs),
        workerAt(at + 1).extend(prefecture, id, endMs + hourMs),
      ]);
      expect(await world.offer(id)).toMatchObject({ state: 'accepted', appointment: 'booked' });
    }
    expect(await world.faults()).toEqual([]);
  });

  test('made, answered or passed on while its person changes what they accept loses no change', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 2 });
    await world.begin(draw);
    await world.publishManifest(draw);
    await world.seal(draw);
    const change = (id: string, site: string) =>
      world.store.entries.change(prefecture, id, (entry) => ({
        entry: { ...entry, accepts: { sites: [site] } },
      }));
    const making = new OfferStore(interrupted(() => change('e0001', 'antony')));
    expect(await making.openMany(prefecture, draw, world.offers(draw))).toBe(1);
    expect((await world.entry('e0001')).accepts).toEqual({ sites: ['antony'] });
    await world.store.draws.publish(prefecture, draw, world.nowMs);
    const answering = new OfferStore(interrupted(() => change('e0001', 'nanterre')));
    await answering.settle(prefecture, `${draw}.e0001`, 'decline', world.nowMs);
    expect(await world.entry('e0001')).toMatchObject({
      state: 'waiting',
      accepts: { sites: ['nanterre'] },
    });
    const refilling = new OfferStore(interrupted(() => change('e0002', 'antony')));
    const offer = world.newOffer(draw, { entry: 'e0002', slot: 's1' });
    const { events } = await world.replay(draw);
    expect(await refilling.refill(prefecture, offer, events)).toBe('entry_changed');
    expect(await refilling.refill(prefecture, offer, events)).toBe('refilled');
    expect((await world.entry('e0002')).accepts).toEqual({ sites: ['antony'] });
  });

  test('answered while its person leaves and its draw becomes void is settled whole', async () => {
    const world = await freed({ places: 20, entries: 20 });
    const { draws, entries } = world.store;
    const calls = Array.from({ length: 18 }, (_, index) => {
      const entry = `e${String(index + 2).padStart(4, '0')}`;
      return [
        () => workerAt(index).settle(prefecture, `${draw}.${entry}`, 'accept', world.nowMs),
        () => entries.leave(prefecture, entry, 'withdraw', world.nowMs),
      ];
    }).flat();
    const voiding = async () => {
      await draws.void(prefecture, draw, { reason: 'r', agent: 'k1' }, world.nowMs);
      await draws.unwind(prefecture, draw, world.nowMs);
      return { state: 'void' };
    };
    await race([...calls.slice(0, 10), voiding, ...calls.slice(10)]);
    expect(await world.places()).toEqual({ free: 20, idle: 0, held: 0 });
    expect(await world.faults()).toEqual([]);
    expect((await world.laterEvents(draw)).at(-1)).toEqual({ type: 'void' });
    await world.replay(draw);
  });
});
