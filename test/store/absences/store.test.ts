import { describe, expect, test } from 'vitest';
import type { Suspension } from '#src/domain/absences/rule.ts';
import { suspended } from '#src/domain/absences/suspension.ts';
import type { EntryRecord } from '#src/domain/entries/entry.ts';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { prefecture } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const offerId = 'd1.e0001';
const identity = 'identity-e0001';
const appeal = { sealed: 'sealed', atMs: 1 };

/** One person with an appointment, one who waits, under a rule; an hour before the slot. */
async function booked({ absenceDraws = 2 } = {}): Promise<DrawWorld> {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 2 });
  const rule = (before: Prefecture) => ({
    ...before,
    settings: { ...before.settings, absenceDraws },
  });
  await world.store.prefectures.update(prefecture, rule, world.nowMs);
  await world.draw('d1');
  await world.store.offers.settle(prefecture, offerId, 'accept', world.nowMs);
  world.nowMs = Date.parse((await world.offer(offerId)).slotStart) - 3_600_000;
  return world;
}

interface Leaving {
  readonly absenceDraws?: number;
  readonly earlierHours?: number;
}

/** The person of e0001 joins again, with another entry. */
async function rejoin(world: DrawWorld, id: string, suspension: Suspension): Promise<void> {
  const former = await world.entry('e0001');
  const { absence: _absence, endedAtMs: _ended, held: _held, ...rest } = former;
  const made: EntryRecord = { ...rest, id, state: 'waiting' };
  const joined = await world.store.entries.join(prefecture, suspended(made, suspension), {
    messages: [],
  });
  expect(joined.outcome).toBe('joined');
}

/** In which of the draws after the first the entry takes part, one place being free in each. */
async function poolsWith(world: DrawWorld, id: string, draws: number): Promise<number[]> {
  const pools: number[] = [];
  for (let number = 2; number < 2 + draws; number += 1) {
    await world.draw(`d${number}`);
    const { entries } = world.snapshot(`d${number}`);
    if (entries.some((entry) => entry.id === id)) pools.push(number);
  }
  return pools;
}

describe('an appointment given up too late', () => {
  test('costs the draws of the rule, and no more', async () => {
    const world = await booked();
    await world.store.offers.cancel(prefecture, offerId, world.nowMs);
    expect(await world.entry('e0001')).toMatchObject({
      state: 'waiting',
      absence: { cause: 'late_cancel', untilDraw: 3, state: 'standing' },
    });
    expect(await poolsWith(world, 'e0001', 3)).toEqual([4]);
    expect(await world.faults()).toEqual([]);
  });

  test('counts no draw as missed that was sat out', async () => {
    const world = await booked();
    await world.store.offers.cancel(prefecture, offerId, world.nowMs);
    await poolsWith(world, 'e0001', 2);
    await world.closePrevious();
    expect((await world.entry('e0001')).missed).toBe(0);
  });

  test('costs nothing the first time that an impediment is stated', async () => {
    const world = await booked();
    await world.store.offers.cancel(prefecture, offerId, world.nowMs, { impediment: 'health' });
    expect(JSON.stringify(await world.offer(offerId))).not.toContain('health');
    expect((await world.entry('e0001')).absence).toBeUndefined();
    expect((await world.entry('e0001')).excused).toBe(true);
    expect(await poolsWith(world, 'e0001', 1)).toEqual([2]);
  });

  test('costs nothing without a rule, which is the default', async () => {
    const world = await booked({ absenceDraws: 0 });
    await world.store.offers.cancel(prefecture, offerId, world.nowMs);
    expect((await world.entry('e0001')).absence).toBeUndefined();
    expect(await redis.exists(keys.suspensions)).toBe(0);
  });

  test('cancelled twice at once is one absence', async () => {
    const world = await booked();
    const { offers } = world.store;
    const cancel = () => offers.cancel(prefecture, offerId, world.nowMs);
    await Promise.all([cancel(), cancel(), cancel()]);
    await world.draw('d2');
    await cancel();
    expect((await world.entry('e0001')).absence?.untilDraw).toBe(3);
  });
});

describe('who leaves the list shortly before an appointment', () => {
  test('sits out the draws with the next entry, and can say why', async () => {
    const world = await booked();
    const { absences, entries } = world.store;
    const left = await entries.leave(prefecture, 'e0001', 'withdraw', world.nowMs);
    const absence = { cause: 'late_cancel', untilDraw: 3, state: 'standing' };
    expect(left).toMatchObject({ state: 'withdrawn', absence });
    const { state: _state, ...suspension } = absence;
    expect(await absences.suspensionOf(prefecture, [identity])).toEqual(suspension);
    expect(await redis.lrange(keys.mailDue, -1, -1)).toEqual(['absence.e0001.3']);
    const appealed = await absences.appeal(prefecture, 'e0001', appeal);
    expect(appealed.absence?.state).toBe('appealed');
    expect(await world.faults()).toEqual([]);
  });

  test('cannot shake it off by being erased, and keeps nothing else', async () => {
    const world = await booked();
    const left = await world.store.entries.leave(prefecture, 'e0001', 'erase', world.nowMs);
    expect(left.absence).toBeUndefined();
    expect(await redis.hkeys(keys.suspensions)).toEqual([identity]);
  });

  test.each([
    ['a day before', { earlierHours: 24 }, 'withdraw'],
    ['without a rule', { absenceDraws: 0 }, 'withdraw'],
    ['taken off by an agent', {}, 'reject'],
  ] as const)('but not %s', async (_when, { earlierHours = 0, ...rule }: Leaving, event) => {
    const world = await booked(rule);
    world.nowMs -= earlierHours * 3_600_000;
    const left = await world.store.entries.leave(prefecture, 'e0001', event, world.nowMs);
    expect(left.absence).toBeUndefined();
    expect(await redis.exists(keys.suspensions)).toBe(0);
  });

  test('nor when the draw is void, whose places are taken back anyway', async () => {
    const world = await booked();
    await world.store.draws.void(prefecture, 'd1', { reason: 'cause', agent: 'a1' }, world.nowMs);
    const left = await world.store.entries.leave(prefecture, 'e0001', 'withdraw', world.nowMs);
    expect(left.absence).toBeUndefined();
    expect(await redis.exists(keys.suspensions)).toBe(0);
  });
});

describe('who did not come', () => {
  test('is remembered by the identity, whatever entry comes next', async () => {
    const world = await booked();
    await world.store.offers.attend(prefecture, offerId, 'miss', world.nowMs);
    expect(await world.store.absences.suspensionOf(prefecture, [identity])).toEqual({
      untilDraw: 3,
      cause: 'no_show',
    });
    expect((await world.entry('e0001')).absence?.cause).toBe('no_show');
  });

  test('is forgotten when the draws are over, at the close of the last of them', async () => {
    const world = await booked();
    await world.store.offers.attend(prefecture, offerId, 'miss', world.nowMs);
    const left = async (drawNumber: number) => {
      await world.store.absences.prune(prefecture, drawNumber);
      return redis.hlen(keys.suspensions);
    };
    expect([await left(2), await left(3)]).toEqual([1, 0]);
  });

  test('and who came sits out nothing', async () => {
    const world = await booked();
    await world.store.offers.attend(prefecture, offerId, 'attend', world.nowMs);
    expect(await redis.exists(keys.suspensions)).toBe(0);
  });
});

describe('an appeal', () => {
  test('that is heard lets the person take part from the next draw on', async () => {
    const world = await booked();
    const { absences, offers } = world.store;
    await offers.cancel(prefecture, offerId, world.nowMs);
    await absences.appeal(prefecture, 'e0001', appeal);
    expect((await absences.openAppeals(prefecture, { limit: 10 })).appeals).toEqual([
      { entry: 'e0001', ...appeal },
    ]);
    await absences.decide(prefecture, 'e0001', 'lift');
    expect(await absences.appealOf(prefecture, 'e0001')).toBeUndefined();
    expect(await absences.suspensionOf(prefecture, [identity])).toBeUndefined();
    expect(await poolsWith(world, 'e0001', 1)).toEqual([2]);
    expect(await world.faults()).toEqual([]);
  });

  test('that is not heard changes nothing but its state, and cannot be made again', async () => {
    const world = await booked();
    const { absences, offers } = world.store;
    await offers.cancel(prefecture, offerId, world.nowMs);
    await absences.appeal(prefecture, 'e0001', appeal);
    await absences.appeal(prefecture, 'e0001', { ...appeal, sealed: 'other' });
    expect((await absences.appealOf(prefecture, 'e0001'))?.sealed).toBe('other');
    await absences.decide(prefecture, 'e0001', 'uphold');
    const after = await absences.decide(prefecture, 'e0001', 'uphold');
    expect(after.absence).toEqual({ cause: 'late_cancel', untilDraw: 3, state: 'upheld' });
    const again = absences.appeal(prefecture, 'e0001', appeal);
    await expect(again).rejects.toMatchObject({ code: 'absence_settled' });
    expect(await redis.exists(keys.appeals)).toBe(0);
    expect(await poolsWith(world, 'e0001', 2)).toEqual([]);
  });

  test('lifted while a draw is under way does not enter that draw', async () => {
    const world = await booked();
    const { absences, offers } = world.store;
    await offers.cancel(prefecture, offerId, world.nowMs);
    await world.closePrevious();
    await world.begin('d2');
    await absences.decide(prefecture, 'e0001', 'lift');
    await world.draw('d2');
    expect(world.snapshot('d2').entries.map(({ id }) => id)).toEqual(['e0002']);
    expect((await world.entry('e0001')).since).toBe(2);
    expect(await world.faults()).toEqual([]);
  });

  test('that is heard counts for the entry made since, too', async () => {
    const world = await booked();
    const { absences, offers } = world.store;
    await offers.attend(prefecture, offerId, 'miss', world.nowMs);
    const suspension = await absences.suspensionOf(prefecture, [identity]);
    if (!suspension) throw new Error('nothing to sit out');
    await rejoin(world, 'e0009', suspension);
    await absences.appeal(prefecture, 'e0001', appeal);
    await absences.decide(prefecture, 'e0001', 'lift');
    expect((await world.entry('e0009')).absence?.state).toBe('lifted');
    expect(await poolsWith(world, 'e0009', 1)).toEqual([2]);
    expect(await world.faults()).toEqual([]);
  });

  test('that comes as it is decided leaves no text behind', async () => {
    const world = await booked();
    const { absences, offers } = world.store;
    await offers.cancel(prefecture, offerId, world.nowMs);
    const [made] = await Promise.allSettled([
      absences.appeal(prefecture, 'e0001', appeal),
      absences.decide(prefecture, 'e0001', 'lift'),
    ]);
    expect((await world.entry('e0001')).absence?.state).toBe('lifted');
    if (made.status === 'rejected') expect(made.reason).toMatchObject({ code: 'absence_settled' });
    expect(await redis.exists(keys.appeals)).toBe(0);
  });

  test('needs an absence', async () => {
    const world = await booked();
    const none = { code: 'absence_not_found' };
    const { absences } = world.store;
    await expect(absences.appeal(prefecture, 'e0002', appeal)).rejects.toMatchObject(none);
    await expect(absences.decide(prefecture, 'e0002', 'lift')).rejects.toMatchObject(none);
    expect(await redis.exists(keys.appeals)).toBe(0);
  });
});

test('a decline keeps the draws that were missed before', async () => {
  const world = new DrawWorld(redis);
  await world.open({ places: 1, entries: 1 });
  const { entries, offers } = world.store;
  await entries.change(prefecture, 'e0001', (entry) => ({ entry: { ...entry, missed: 3 } }));
  await world.draw('d1');
  await offers.settle(prefecture, offerId, 'decline', world.nowMs);
  expect(await world.entry('e0001')).toMatchObject({ state: 'waiting', missed: 3 });
});
