import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import { decideSlotChange, decideSlotRemoval } from '#src/domain/slots/change.ts';
import { createStore } from '#src/store/store.ts';
import { closeDue } from '#src/usecases/closures/close.ts';
import { closeSlots, previewClosure } from '#src/usecases/closures/plan.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { killEverywhere } from '../../support/faulty-redis.ts';
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

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());

beforeEach(async () => {
  time.nowMs = sampleNowMs;
  world.nowMs = sampleNowMs;
  await createPrefecture(store);
});

const strike = { cause: 'strike', scope: { slots: ['s1'] } } as const;

/** Nobody is woken: each test says itself when the worker comes. */
const asking = {
  store,
  waker: { soon: () => undefined, close: async () => undefined },
  logger: house.deps.logger,
};

async function prefectureNow() {
  const found = await store.prefectures.get(prefecture);
  if (!found) throw new Error(`no prefecture ${prefecture}`);
  return found;
}

async function close(wish: Parameters<typeof closeSlots>[2] = strike) {
  return closeSlots(asking, await prefectureNow(), wish, { agent: 'agent1', nowMs: time.nowMs });
}

async function drawNow(): Promise<string> {
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
  await advanceDraws(house.steps(), prefecture);
  return id;
}

/** A published draw of six entries over two slots of two places each. */
async function drawn(): Promise<string> {
  await addSlots(store, [
    { id: 's1', capacity: 2 },
    { id: 's2', capacity: 2 },
  ]);
  for (let n = 0; n < 6; n += 1) await addWaiting(store, `e${n}`);
  const id = await drawNow();
  await takeMessages();
  return id;
}

async function takeMessages(): Promise<string[]> {
  const messages = await store.messages.due(prefecture, 100);
  await store.messages.done(prefecture, messages);
  return messages;
}

const offersAt = async (id: string, slot: string): Promise<OfferRecord[]> => {
  const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
  return offers.filter((offer) => offer.slot === slot);
};
const idOf = ({ draw, entry }: OfferRecord) => `${draw}.${entry}`;
const sweepNow = () => sweep(house.steps(), prefecture);
const eventsOf = async (id: string) => (await world.laterEvents(id)).map(({ type }) => type);

describe('a closed slot', () => {
  test('falls with every offer and appointment; nobody is refilled there; all are first in the next draw', async () => {
    const id = await drawn();
    const [one, two] = await offersAt(id, 's1');
    if (!one || !two) throw new Error('two offers of s1');
    await store.offers.settle(prefecture, idOf(one), 'accept', time.nowMs);
    await takeMessages();
    await close();
    await sweepNow();
    expect((await takeMessages()).sort()).toEqual(
      [`revoked.${one.entry}.${id}`, `revoked.${two.entry}.${id}`].sort(),
    );
    expect(await eventsOf(id)).toEqual(['accepted', 'closed']);
    expect(await store.offers.get(prefecture, idOf(one))).toMatchObject({
      appointment: 'revoked',
      cause: 'strike',
    });
    expect(await store.offers.get(prefecture, idOf(two))).toMatchObject({ state: 'revoked' });
    for (const { entry } of [one, two]) {
      expect(await store.entries.get(prefecture, entry)).toMatchObject({
        state: 'waiting',
        owed: { draw: 1 },
        missed: 0,
      });
    }
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
    expect(await world.faults()).toEqual([]);

    // The next draw has one place: of five who wait, one of the two gets it.
    await addSlots(store, [{ id: 's3', capacity: 1 }]);
    const next = await drawNow();
    const [first] = await offersAt(next, 's3');
    expect([one.entry, two.entry]).toContain(first?.entry);
    expect((await store.entries.get(prefecture, first?.entry ?? ''))?.owed).toEqual({
      draw: 1,
      settled: 2,
    });
    expect(await recordVerdict(store, next)).toMatchObject({ verdict: 'verified' });
    expect(await world.faults()).toEqual([]);
  });

  test('takes its freed and its idle places along, before and after the freeze', async () => {
    await addSlots(store, [
      { id: 's1', capacity: 2 },
      { id: 's2', capacity: 1 },
    ]);
    await addWaiting(store, 'e0');
    await close();
    await sweepNow();
    expect([...(await store.slots.places(prefecture)).keys()]).toEqual(['s2']);
    const id = await drawNow();
    expect(await offersAt(id, 's1')).toEqual([]);
    const [offer] = await offersAt(id, 's2');
    await store.offers.settle(prefecture, idOf(offer as OfferRecord), 'decline', time.nowMs);
    await addWaiting(store, 'e1');
    await close({ cause: 'building', scope: { slots: ['s2'] } });
    await sweepNow();
    expect(await eventsOf(id)).toEqual(['declined', 'closed']);
    expect(await world.places()).toEqual({ free: 0, idle: 0, held: 0 });
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
    expect(await world.faults()).toEqual([]);
    // And nothing of them comes back when the draw ends.
    await addSlots(store, [{ id: 's3', capacity: 1 }]);
    await drawNow();
    expect(await world.places()).toMatchObject({ free: 0 });
    expect(await world.faults()).toEqual([]);
  });

  test('whoever answers in the same moment is told that it is over, and keeps nothing', async () => {
    const id = await drawn();
    const [one, two] = await offersAt(id, 's1');
    if (!one || !two) throw new Error('two offers of s1');
    const closure = await close();
    // The slot is marked, and nobody was told yet.
    const staged = await store.closures.slotsOf(prefecture, closure.id);
    const slots = staged.map(({ slot }) => slot);
    await store.closures.closeSlots(prefecture, closure, slots);
    const late = store.offers.settle(prefecture, idOf(one), 'accept', time.nowMs);
    await expect(late).rejects.toMatchObject({ code: 'offer_settled' });
    expect(await store.entries.get(prefecture, one.entry)).toMatchObject({ state: 'waiting' });
    await store.entries.leave(prefecture, two.entry, 'withdraw', time.nowMs);
    await sweepNow();
    expect(await eventsOf(id)).toEqual(['closed', 'withdrawn']);
    expect((await takeMessages()).filter((one) => one.startsWith('revoked'))).toHaveLength(1);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
    expect(await world.faults()).toEqual([]);
  });

  test('costs nobody draws, whatever the hour, and a void draw gives nothing of it back', async () => {
    const id = await drawn();
    const [one] = await offersAt(id, 's1');
    if (!one) throw new Error('an offer of s1');
    await store.offers.settle(prefecture, idOf(one), 'accept', time.nowMs);
    time.nowMs = Date.parse(one.slotStart) - hourMs;
    world.nowMs = time.nowMs;
    await close();
    await sweepNow();
    expect(await store.entries.get(prefecture, one.entry)).not.toHaveProperty('absence');
    await store.draws.void(prefecture, id, { reason: 'r', agent: 'k1' }, time.nowMs);
    await advanceDraws(house.steps(), prefecture);
    expect((await store.entries.get(prefecture, one.entry))?.owed).toBeUndefined();
    expect([...(await store.slots.places(prefecture)).keys()]).toEqual(['s2']);
    expect(await world.faults()).toEqual([]);
  });

  test('gives nothing to the next draw, if that begins while the slot is being closed', async () => {
    await addSlots(store, [
      { id: 's1', capacity: 2 },
      { id: 's2', capacity: 2 },
    ]);
    await addWaiting(store, 'e0');
    const id = await drawNow();
    const idle = (await offersAt(id, 's1')).length > 0 ? 's2' : 's1';
    const closure = await close({ cause: 'strike', scope: { slots: [idle] } });
    await store.closures.closeSlots(prefecture, closure, [idle]);
    // Another worker ends the reserve list before the idle places of the draw are taken.
    await store.draws.close(prefecture, id, time.nowMs);
    await store.draws.returnIdlePlaces(prefecture, id);
    expect((await store.slots.places(prefecture)).has(idle)).toBe(false);
    await sweepNow();
    expect(await world.faults()).toEqual([]);
  });

  test('closed before the offers of a frozen draw are made is offered to nobody', async () => {
    await addSlots(store, [{ id: 's1', capacity: 2 }]);
    for (let n = 0; n < 3; n += 1) await addWaiting(store, `e${n}`);
    const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
    const stop = { ...house.steps(), onStep: stopAt('offers') };
    await expect(advanceDraws(stop, prefecture)).rejects.toThrow('stopped');
    await close();
    await closeDue(house.steps(), prefecture);
    await advanceDraws(house.steps(), prefecture);
    const offers = await offersAt(id, 's1');
    expect(offers.map(({ state, unopened }) => [state, unopened])).toEqual([
      ['revoked', true],
      ['revoked', true],
    ]);
    expect(await world.events(id)).toEqual([{ type: 'closed', slot: 's1', cause: 'strike' }]);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
    expect(await world.faults()).toEqual([]);
    await addSlots(store, [{ id: 's2', capacity: 2 }]);
    const next = await drawNow();
    const drawnNext = (await offersAt(next, 's2')).map(({ entry }) => entry).sort();
    expect(drawnNext).toEqual(offers.map(({ entry }) => entry).sort());
    // They held no offer: the draw is one that they missed.
    expect((await store.entries.get(prefecture, drawnNext[0] ?? ''))?.missed).toBe(1);
  });
});

describe('a preview', () => {
  test('counts slots and people by request type, and changes nothing', async () => {
    const id = await drawn();
    const [one] = await offersAt(id, 's1');
    await store.offers.settle(prefecture, idOf(one as OfferRecord), 'accept', time.nowMs);
    const days = { from: '2026-12-01', to: '2027-12-31' };
    const seen = await previewClosure(asking, await prefectureNow(), { scope: days }, time.nowMs);
    expect(seen).toMatchObject({ slots: 2, offers: 3, appointments: 1, people: 4, free: 0 });
    expect(seen.requestTypes).toEqual([
      { requestType: 'renewal', offers: 3, appointments: 1, people: 4 },
    ]);
    expect(await store.closures.list(prefecture, { limit: 10 })).toEqual({ closures: [] });
    expect(await eventsOf(id)).toEqual(['accepted']);
  });

  test('of nothing that lies ahead closes nothing', async () => {
    await drawn();
    const scope = { from: '2031-01-01', to: '2031-01-02' };
    await expect(close({ cause: 'holiday', scope })).rejects.toMatchObject({
      code: 'closure_empty',
    });
    await close();
    await sweepNow();
    await expect(close()).rejects.toMatchObject({ code: 'closure_empty' });
  });
});

describe('closed desks', () => {
  const illness = { cause: 'illness', scope: { slots: ['s1'] }, desks: 1 } as const;

  test('cost places that nobody holds first, and then as few people as it takes', async () => {
    await addSlots(store, [{ id: 's1', capacity: 4 }]);
    for (let n = 0; n < 3; n += 1) await addWaiting(store, `e${n}`);
    const id = await drawNow();
    await takeMessages();
    for (const { entry } of (await offersAt(id, 's1')).slice(0, 2)) {
      await store.offers.settle(prefecture, `${id}.${entry}`, 'accept', time.nowMs);
    }
    await takeMessages();
    // The fourth desk is free: nobody loses anything.
    const first = await previewClosure(asking, await prefectureNow(), illness, time.nowMs);
    expect(first).toMatchObject({ slots: 1, free: 1, people: 0 });
    await close(illness);
    await sweepNow();
    expect(await takeMessages()).toEqual([]);
    expect((await store.slots.standings(prefecture, ['s1']))[0]?.slot).toMatchObject({
      lowered: 1,
    });
    // The third one costs the open offer, not an appointment.
    const second = await previewClosure(asking, await prefectureNow(), illness, time.nowMs);
    expect(second).toMatchObject({ free: 0, offers: 1, appointments: 0, people: 1 });
    const closure = await close(illness);
    await sweepNow();
    const told = await takeMessages();
    expect(told.map((message) => message.split('.')[0])).toEqual(['revoked']);
    expect(await store.closures.counts(prefecture, closure.id)).toEqual({
      ...{ offers: 1, appointments: 0, people: 1 },
    });
    expect(await eventsOf(id)).toEqual(['accepted', 'accepted', 'revoked']);
    const owed = await store.entries.get(prefecture, told[0]?.split('.')[1] ?? '');
    expect(owed).toMatchObject({ state: 'waiting', owed: { draw: 1 } });
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
    expect(await world.faults()).toEqual([]);
    // Nothing is left to refill, and what is left of the slot stays.
    await sweepNow();
    expect((await offersAt(id, 's1')).filter(({ state }) => state === 'pending')).toEqual([]);
    // With the last desks the slot is closed.
    await close({ ...illness, desks: 2 });
    await sweepNow();
    expect(await eventsOf(id)).toEqual(['accepted', 'accepted', 'revoked', 'closed']);
    expect(await world.faults()).toEqual([]);
  });

  test('are done when everybody is told, whatever the order of what was asked', async () => {
    await drawn();
    const wishes = [illness, { desks: 1, text: { fr: 'Grève' }, ...strike }];
    for (const wish of wishes) {
      const { id } = await close(wish);
      await sweepNow();
      expect((await store.closures.get(prefecture, id)).doneAtMs).toBe(time.nowMs);
    }
    expect(await store.closures.open(prefecture)).toEqual([]);
  });

  test.each(['command', 'reply'] as const)(
    'are closed once, killed at any command, its %s lost',
    async (lost) => {
      const id = await drawn();
      await close(illness);
      await killEverywhere(
        redis,
        lost,
        (mortal) => closeDue(house.steps({ store: createStore(mortal) }), prefecture),
        async (n) => expect(await world.faults(), `faults after death ${n}`).toEqual([]),
      );
      const told = (await takeMessages()).filter((message) => message.startsWith('revoked'));
      expect(told).toHaveLength(1);
      expect(await eventsOf(id)).toEqual(['revoked']);
      expect(await world.faults()).toEqual([]);
    },
    60_000,
  );
});

describe.each(['command', 'reply'] as const)('killed at any command, its %s lost', (lost) => {
  test('a closure tells everybody once and leaves nothing half done', async () => {
    const id = await drawn();
    const offers = await offersAt(id, 's1');
    const [one, two] = offers;
    if (!one || !two) throw new Error('two offers of s1');
    await store.offers.settle(prefecture, idOf(one), 'accept', time.nowMs);
    await takeMessages();
    const closure = await close();
    const deaths = await killEverywhere(
      redis,
      lost,
      (mortal) => closeDue(house.steps({ store: createStore(mortal) }), prefecture),
      async (n) => expect(await world.faults(), `faults after death ${n}`).toEqual([]),
    );
    expect(deaths).toBeGreaterThan(5);
    const told = (await takeMessages()).filter((message) => message.startsWith('revoked'));
    expect(told.sort()).toEqual(
      [`revoked.${one.entry}.${id}`, `revoked.${two.entry}.${id}`].sort(),
    );
    expect(await eventsOf(id)).toEqual(['accepted', 'closed']);
    expect(await store.closures.counts(prefecture, closure.id)).toEqual({
      offers: 1,
      appointments: 1,
      people: 2,
    });
    expect((await store.closures.get(prefecture, closure.id)).doneAtMs).toBe(time.nowMs);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
  }, 60_000);
});

function stopAt(step: string) {
  return (name: string, { phase }: { phase: 'begin' | 'end' }) => {
    if (name === step && phase === 'begin') throw new Error('stopped');
  };
}

test('a closed slot cannot be changed, lowered or taken out any more', async () => {
  await addSlots(store, [{ id: 's1', capacity: 2 }]);
  await close();
  await sweepNow();
  const [standing] = await store.slots.standings(prefecture, ['s1']);
  expect(standing).toMatchObject({ closure: { cause: 'strike' }, free: 0, idle: [] });
  const lowered = await store.slots.change(prefecture, 's1', (now) =>
    decideSlotChange(now, { capacity: 1 }),
  );
  const removed = await store.slots.change(prefecture, 's1', decideSlotRemoval);
  expect([lowered.outcome, removed.outcome]).toEqual(['frozen', 'frozen']);
});
