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

describe('time', () => {
  test('lets an offer be accepted before its deadline, and expire from then on', async () => {
    const world = await published();
    const { offers } = world.store;
    const early = await offers.settle(prefecture, offerId, 'expire', endMs - 1);
    expect(early.state).toBe('pending');
    const late = offers.settle(prefecture, offerId, 'accept', endMs);
    await expect(late).rejects.toMatchObject(settled);
    expect((await offers.settle(prefecture, offerId, 'expire', endMs)).state).toBe('expired');
    const other = await offers.settle(prefecture, `${draw}.e0002`, 'accept', endMs - 1);
    expect(other.state).toBe('accepted');
  });

  test('stands still during a grace, and during a pause', async () => {
    const world = await published();
    const { offers, prefectures } = world.store;
    const policy = { silencesAllowed: 2, graceUntilMs: endMs + hourMs };
    const expiry = (nowMs: number) => offers.settle(prefecture, offerId, 'expire', nowMs, policy);
    expect((await expiry(endMs + hourMs - 1)).state).toBe('pending');
    await prefectures.pause(prefecture, 'flood', endMs);
    expect((await expiry(endMs + hourMs)).state).toBe('pending');
    expect((await offers.settle(prefecture, offerId, 'expire', endMs + hourMs)).state).toBe(
      'pending',
    );
    const other = await offers.settle(prefecture, `${draw}.e0002`, 'accept', endMs + hourMs);
    expect(other.state).toBe('accepted');
    await prefectures.resume(prefecture, endMs + hourMs);
    expect((await expiry(endMs + hourMs)).state).toBe('expired');
  });

  test('is asked for what is due, the oldest first', async () => {
    const world = await published();
    const { offers } = world.store;
    expect(await offers.due(prefecture, endMs - 1, 10)).toEqual([]);
    expect(await offers.due(prefecture, endMs, 10)).toEqual([offerId, `${draw}.e0002`]);
    expect(await offers.due(prefecture, endMs, 1)).toEqual([offerId]);
  });

  test('moves a deadline once, and only later', async () => {
    const world = await published();
    const { offers } = world.store;
    expect(await offers.extend(prefecture, offerId, endMs - 1)).not.toHaveProperty('extended');
    const extended = await offers.extend(prefecture, offerId, endMs + hourMs);
    expect(extended).toMatchObject({ deadlineMs: endMs + hourMs, extended: true });
    expect(await offers.extend(prefecture, offerId, endMs + 9 * hourMs)).toEqual(extended);
    expect(await offers.due(prefecture, endMs, 10)).toEqual([`${draw}.e0002`]);
    expect((await offers.settle(prefecture, offerId, 'expire', endMs)).state).toBe('pending');
    const accepted = await offers.settle(prefecture, offerId, 'accept', endMs);
    expect(await offers.extend(prefecture, offerId, endMs + 99 * hourMs)).toEqual(accepted);
    expect(await world.faults()).toEqual([]);
  });

  test('brings one reminder to those who have not answered', async () => {
    const world = await published();
    const { offers } = world.store;
    await redis.del(keys.mailDue);
    const at = sampleNowMs + 48 * hourMs;
    expect(await offers.dueReminders(prefecture, at - 1, 10)).toEqual([]);
    const due = await offers.dueReminders(prefecture, at, 10);
    expect(due).toEqual([offerId, `${draw}.e0002`]);
    await offers.settle(prefecture, `${draw}.e0002`, 'decline', at);
    expect(await offers.markReminded(prefecture, due)).toBe(1);
    expect(await offers.markReminded(prefecture, due)).toBe(0);
    expect(await mail()).toEqual([`reminder.e0001.${draw}`]);
    expect(await offers.dueReminders(prefecture, at, 10)).toEqual([]);
  });
});

describe('silence', () => {
  const next = '20261208-abcdef';

  test('sends an entry back to wait, then off the waitlist', async () => {
    const world = await published({ places: 1, entries: 1 });
    const { offers } = world.store;
    await offers.settle(prefecture, offerId, 'expire', endMs);
    expect(await world.entry('e0001')).toMatchObject({ state: 'waiting', silences: 1 });
    world.nowMs = endMs;
    await world.draw(next);
    await offers.settle(prefecture, `${next}.e0001`, 'expire', endMs + 72 * hourMs);
    const gone = await world.entry('e0001');
    expect([gone.state, gone.held]).toEqual(['expired', undefined]);
    expect(await world.laterEvents(next)).toEqual([
      { type: 'expired', entry: 'e0001', slot: 's1' },
      { type: 'withdrawn', entry: 'e0001' },
    ]);
    expect((await mail()).at(-1)).toBe(`expired.e0001.${next}`);
    expect(await world.faults()).toEqual([]);
    await world.replay(next);
  });

  test.each(['accept', 'decline'] as const)('is forgotten by one who can %s', async (event) => {
    const world = await published({ places: 1, entries: 1 });
    const { offers } = world.store;
    await offers.settle(prefecture, offerId, 'expire', endMs);
    world.nowMs = endMs;
    await world.draw(next);
    await offers.settle(prefecture, `${next}.e0001`, event, endMs);
    expect(await world.entry('e0001')).not.toHaveProperty('silences');
  });
});
