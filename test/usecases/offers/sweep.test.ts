import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  hourMs,
  openHouse,
  prefecture,
} from '../../support/house.ts';
import { recordVerdict } from '../../support/record-verdict.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  await createPrefecture(store);
});

/** A published draw of so many entries over so many places. */
async function drawn(entries: number, places: number): Promise<string> {
  await addSlots(store, [{ id: 's1', capacity: places }]);
  for (let n = 0; n < entries; n += 1) await addWaiting(store, `e${n}`);
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
  await advanceDraws(house.steps(), prefecture);
  await takeMessages();
  return id;
}
const sweepNow = () => sweep(house.steps(), prefecture);
const offersOf = async (id: string, state?: OfferRecord['state']) => {
  const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
  return offers.filter((offer) => !state || offer.state === state);
};
const offerId = ({ draw, entry }: OfferRecord) => `${draw}.${entry}`;
async function takeMessages(): Promise<string[]> {
  const messages = await store.messages.due(prefecture, 100);
  await store.messages.done(prefecture, messages);
  return messages;
}
const kinds = (messages: string[]) => messages.map((id) => id.split('.')[0]).sort();

describe('a freed place', () => {
  test('goes down the reserve list, with an event in the record', async () => {
    const id = await drawn(5, 2);
    const [first] = await offersOf(id);
    if (!first) throw new Error('no offer');
    await store.offers.settle(prefecture, offerId(first), 'decline', time.nowMs);
    await sweepNow();
    const [refilled] = (await offersOf(id)).filter(({ via }) => via === 'refill');
    expect(refilled).toMatchObject({ state: 'pending', slot: 's1', offeredAtMs: time.nowMs });
    expect(await takeMessages()).toEqual([`offer.${refilled?.entry}.${id}`]);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', refills: 1 });
    expect(await world.places()).toEqual({ free: 0, idle: 0, held: 2 });
    expect(await world.faults()).toEqual([]);
  });

  test('is refilled after each event, until nobody is left', async () => {
    const id = await drawn(5, 2);
    for (let round = 0; round < 10; round += 1) {
      for (const offer of await offersOf(id, 'pending')) {
        await store.offers.settle(prefecture, offerId(offer), 'decline', time.nowMs);
      }
      await sweepNow();
    }
    expect(await offersOf(id)).toHaveLength(5);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', refills: 3 });
    expect(await world.places()).toEqual({ free: 0, idle: 2, held: 0 });
  });

  test('too near to its slot stays for the next draw', async () => {
    const id = await drawn(5, 1);
    const [first] = await offersOf(id);
    if (!first) throw new Error('no offer');
    await store.offers.settle(prefecture, offerId(first), 'accept', time.nowMs);
    time.nowMs = Date.parse(first.slotStart) - 48 * hourMs;
    await store.offers.cancel(prefecture, offerId(first), time.nowMs);
    await sweepNow();
    expect(await offersOf(id)).toHaveLength(1);
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 0 });
  });

  test('goes to nobody who has left, and to the one after', async () => {
    const id = await drawn(6, 1);
    const [first] = await offersOf(id);
    if (!first) throw new Error('no offer');
    const others = ['e0', 'e1', 'e2', 'e3', 'e4', 'e5'].filter((entry) => entry !== first.entry);
    const stays = others[2];
    for (const entry of others) {
      if (entry !== stays) await store.entries.leave(prefecture, entry, 'withdraw', time.nowMs);
    }
    await store.offers.settle(prefecture, offerId(first), 'decline', time.nowMs);
    await sweepNow();
    expect((await offersOf(id, 'pending')).map(({ entry }) => entry)).toEqual([stays]);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', events: 7 });
  });

  test('of more draws than fit in memory is refilled all the same', async () => {
    const id = await drawn(4, 1);
    for (let round = 0; round < 3; round += 1) {
      const [offer] = await offersOf(id, 'pending');
      if (!offer) throw new Error('no offer');
      await store.offers.settle(prefecture, offerId(offer), 'decline', time.nowMs);
      for (const key of ['other/1', 'other/2', 'other/3', 'other/4']) {
        const input = await store.draws.input(prefecture, id);
        const result = await store.draws.result(prefecture, id);
        await house.allocation.openReserve({ key, input, result });
      }
      expect(await house.allocation.reserveAt(`${prefecture}/${id}`)).toBeUndefined();
      await sweepNow();
    }
    expect(await offersOf(id)).toHaveLength(4);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', refills: 3 });
  });
});

describe('an offer without an answer', () => {
  test('is reminded of once, a day before its end', async () => {
    await drawn(1, 1);
    time.nowMs += 48 * hourMs - 1;
    await sweepNow();
    expect(await takeMessages()).toEqual([]);
    time.nowMs += 1;
    await sweepNow();
    await sweepNow();
    expect(kinds(await takeMessages())).toEqual(['reminder']);
  });

  test('ends at its deadline, and the place goes on', async () => {
    const id = await drawn(2, 1);
    time.nowMs += 72 * hourMs;
    await sweepNow();
    expect((await offersOf(id)).map(({ state }) => state).sort()).toEqual(['expired', 'pending']);
    expect(kinds(await takeMessages())).toEqual(['expired', 'offer']);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', refills: 1 });
  });

  test('ends an entry that was silent too often', async () => {
    const id = await drawn(1, 1);
    const rule = (now: Prefecture) => ({
      ...now,
      settings: { ...now.settings, silencesAllowed: 1 },
    });
    const silent = await store.prefectures.update(prefecture, rule, time.nowMs);
    expect(silent.settings.silencesAllowed).toBe(1);
    time.nowMs += 72 * hourMs;
    await sweepNow();
    expect(await store.entries.get(prefecture, 'e0')).toMatchObject({ state: 'expired' });
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', events: 3 });
  });
});

describe('a pause', () => {
  test('stops reminders, expiries and refills, and leaves a day of grace after it', async () => {
    const id = await drawn(3, 1);
    await store.prefectures.pause(prefecture, 'a doubt', time.nowMs);
    time.nowMs += 80 * hourMs;
    await sweepNow();
    expect((await offersOf(id)).map(({ state }) => state)).toEqual(['pending']);
    expect(await takeMessages()).toEqual([]);
    await store.prefectures.resume(prefecture, time.nowMs);
    await sweepNow();
    expect((await offersOf(id)).map(({ state }) => state)).toEqual(['pending']);
    time.nowMs += 24 * hourMs;
    await sweepNow();
    expect((await offersOf(id)).map(({ state }) => state).sort()).toEqual(['expired', 'pending']);
  });

  test('lets messages go on', async () => {
    await drawn(1, 1);
    await store.prefectures.pause(prefecture, 'a doubt', time.nowMs);
    await house.queues.dispatch.drain();
    await sweepNow();
    expect(await house.queues.dispatch.getWaitingCount()).toBe(1);
  });
});

test('a sweep finds a due draw whose job was lost', async () => {
  await scheduler.scheduleOnce(prefecture, time.nowMs + hourMs, 'agent1');
  await house.queues.draws.drain(true);
  await sweepNow();
  expect(await house.queues.draws.getWaitingCount()).toBe(0);
  time.nowMs += hourMs;
  await sweepNow();
  const [job] = await house.queues.draws.getWaiting();
  expect(job).toMatchObject({ name: 'run', data: { prefecture } });
});

test('letters that nobody has posted are a figure', async () => {
  await store.letters.keep(prefecture, { message: 'welcome.e.1', day: '2026-12-01', sealed: 's' });
  const steps = house.steps();
  await sweep(steps, prefecture);
  const { values } = await steps.metrics.lettersWaiting.get();
  expect(values.map(({ value }) => value)).toEqual([1]);
});
