import { expect, test } from 'vitest';
import { extendOffer } from '#src/usecases/offers/extend.ts';
import { hourMs, prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const draw = '20261201-abcdef';
const nowMs = sampleNowMs + 48 * hourMs;

async function published() {
  const world = new DrawWorld(redis);
  await world.open({ places: 2, entries: 3 });
  await world.draw(draw);
  const found = await world.store.prefectures.get(prefecture);
  if (!found) throw new Error('no prefecture');
  const extend = (entry: string, atMs: number) => extendOffer(world, found, { draw, entry }, atMs);
  return { world, extend };
}

test('whom no message reached has as much time again, once in the life of the offer', async () => {
  const { extend } = await published();
  const first = await extend('e0001', nowMs);
  expect(first?.before.deadlineMs).toBe(sampleNowMs + 72 * hourMs);
  expect(first?.after).toEqual({
    ...first?.before,
    deadlineMs: nowMs + 72 * hourMs,
    extended: true,
  });
  const again = await extend('e0001', nowMs + hourMs);
  expect(again).toEqual({ before: first?.after, after: first?.after });
});

test('an offer that was answered, or never made, has no more time', async () => {
  const { world, extend } = await published();
  const offerId = `${draw}.e0001`;
  const accepted = await world.store.offers.settle(prefecture, offerId, 'accept', nowMs);
  expect(await extend('e0001', nowMs)).toEqual({ before: accepted, after: accepted });
  expect(await extend('e0003', nowMs)).toBeUndefined();
});
