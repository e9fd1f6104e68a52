import { afterAll, beforeEach, expect, test } from 'vitest';
import { decideSlotChange } from '#src/domain/slots/change.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
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
import { sampleNowMs } from '../../support/samples.ts';

useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());
beforeEach(() => createPrefecture(store));

test('a freed place that was taken out goes to nobody; the others go on, and the record verifies', async () => {
  time.nowMs = sampleNowMs;
  await addSlots(store, [
    { id: 's1', capacity: 2 },
    { id: 's2', capacity: 1 },
  ]);
  for (let n = 0; n < 6; n += 1) await addWaiting(store, `e${n}`);
  const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
  await advanceDraws(house.steps(), prefecture);
  const pending = async (slot: string) => {
    const { offers } = await store.offers.list(prefecture, id, { limit: 100 });
    return offers.filter((offer) => offer.state === 'pending' && offer.slot === slot);
  };
  const decline = async (slot: string) => {
    const [offer] = await pending(slot);
    await store.offers.settle(prefecture, `${id}.${offer?.entry}`, 'decline', time.nowMs);
  };
  await decline('s1');
  const lower = (capacity: number) =>
    store.slots.change(prefecture, 's1', (standing) => decideSlotChange(standing, { capacity }));
  expect((await lower(1)).outcome).toBe('done');
  await decline('s2');
  await sweep(house.steps(), prefecture);
  expect([(await pending('s1')).length, (await pending('s2')).length]).toEqual([1, 1]);
  // The place that is left goes on when it comes back.
  await decline('s1');
  await sweep(house.steps(), prefecture);
  expect((await pending('s1')).length).toBe(1);
  expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified', refills: 2 });
  expect(await world.places()).toEqual({ free: 0, idle: 0, held: 2 });
  expect(await world.faults()).toEqual([]);
});
