import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Settings } from '#src/domain/prefectures/settings.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { drawableSlots, takeSnapshot } from '#src/usecases/draws/snapshot.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  openHouse,
  prefecture,
} from '../../support/house.ts';
import { recordVerdict } from '../../support/record-verdict.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs, samplePrefecture, sampleSlot } from '../../support/samples.ts';

describe('slots that take part', () => {
  const { sites, requestTypes } = samplePrefecture();
  const settings = Settings.parse({ labels: { fr: 'x' } });
  const [nanterre] = sites;
  const [renewal] = requestTypes;
  if (!nanterre || !renewal) throw new Error('the sample has both');
  const taken = (slot: ReturnType<typeof sampleSlot>, offered = { sites, requestTypes }) =>
    drawableSlots([slot], new Map([[slot.id, 2]]), { settings, ...offered }, sampleNowMs);

  test('serve those of their types alone that their site serves now', () => {
    const slot = sampleSlot({ requestTypes: ['renewal', 'first', 'gone'] });
    const first = { ...renewal, id: 'first', sites: ['antony'] };
    const { slots } = taken(slot, { sites, requestTypes: [renewal, first] });
    expect(slots.map(({ requestTypes: served }) => served)).toEqual([['renewal']]);
  });

  test.each([
    ['a site that serves its type no more', { requestTypes: [{ ...renewal, sites: ['antony'] }] }],
    ['a site that is there no more', { sites: [] }],
    ['a type that is there no more', { requestTypes: [] }],
    ['a site that is closed on its day', { sites: [{ ...nanterre, closedFrom: '2026-12-15' }] }],
  ])('are none of %s', (_what, members) => {
    const slot = sampleSlot();
    expect(taken(slot, { sites, requestTypes, ...members })).toEqual({
      slots: [],
      leftOut: { ids: [slot.id], unserved: { slots: 1, places: 2 } },
    });
  });

  test('are those of the day before a site closes', () => {
    const open = { sites: [{ ...nanterre, closedFrom: '2026-12-16' }], requestTypes };
    expect(taken(sampleSlot(), open).slots).toHaveLength(1);
  });
});

describe('a draw of slots that the configuration no longer allows', () => {
  useRedis();
  const house = openHouse({ redisUrl: redisUrl() });
  const { store, time, scheduler } = house;
  const world = new DrawWorld(house.redis);
  afterAll(() => house.close());
  beforeEach(async () => {
    time.nowMs = sampleNowMs;
    await createPrefecture(store);
    await addSlots(store, [
      { id: 'open', capacity: 2 },
      { id: 'shut', capacity: 3, site: 'antony' },
    ]);
    for (let n = 0; n < 9; n += 1) await addWaiting(store, `e${n}`);
  });

  test('sends nobody there, gives the places back at once, counts them, and verifies', async () => {
    const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
    await advanceDraws(house.steps(), prefecture);
    const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
    expect(offers.map(({ slot }) => slot)).toEqual(['open', 'open']);
    expect(await store.slots.places(prefecture)).toEqual(new Map([['shut', 3]]));
    expect(await world.faults()).toEqual([]);
    expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', winners: 2 });
    const counted = await house.deps.metrics.drawLeftOut.get();
    expect(counted.values.map(({ value }) => value)).toEqual([3]);
  });

  test('may read its snapshot again, before and after the manifest', async () => {
    const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
    await store.draws.beginFreeze(prefecture, id, time.nowMs);
    const frozen = await store.draws.frozenPrefecture(prefecture, id);
    if (!frozen) throw new Error('no freeze is under way');
    const take = () => takeSnapshot(house.steps(), frozen, { id }, time.nowMs);
    const { slots } = await take();
    expect((await take()).slots).toEqual(slots);
    await advanceDraws(house.steps(), prefecture);
    await store.draws.leaveOut(prefecture, id, ['open']);
    expect(await house.redis.hget(keysOf(prefecture).places, 'open')).toBeNull();
    expect(await world.faults()).toEqual([]);
  });
});
