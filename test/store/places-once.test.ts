import { expect, test } from 'vitest';
import { prefecture } from '../support/draw-samples.ts';
import { DrawWorld } from '../support/draw-world.ts';
import { useRedis } from '../support/redis.ts';

const redis = useRedis();
const draw = '20261201-abcdef';

/** Whatever TypeScript decided on, Redis gives no place that a draw has not. */
async function expectOneHolder(world: DrawWorld): Promise<void> {
  expect(await world.store.offers.get(prefecture, `${draw}.e0002`)).toBeUndefined();
  expect((await world.entry('e0002')).state).toBe('waiting');
  expect(await world.laterEvents(draw)).toEqual([]);
  expect(await world.places()).toEqual({ free: 0, idle: 0, held: 1 });
  expect(await world.faults()).toEqual([]);
}

test('of two winners of one place only one gets it', async () => {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 2 });
  await world.begin(draw);
  await world.publishManifest(draw);
  await world.seal(draw);
  const twice = ['e0001', 'e0002'].map((entry) => world.newOffer(draw, { entry, slot: 's1' }));
  const made = world.store.offers.openMany(prefecture, draw, twice);
  await expect(made).rejects.toThrow('offers more places than it has');
  await expectOneHolder(world);
});

test('a place that somebody holds goes to nobody of the reserve list', async () => {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 2 });
  await world.draw(draw);
  const offer = world.newOffer(draw, { entry: 'e0002', slot: 's1' });
  const refilled = world.store.offers.refill(prefecture, offer, 1);
  await expect(refilled).rejects.toThrow('has a place that the draw has not');
  await expectOneHolder(world);
});
