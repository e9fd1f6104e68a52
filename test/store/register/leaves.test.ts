import { describe, expect, test } from 'vitest';
import type { Prefecture } from '#src/domain/prefectures/prefecture.ts';
import { priorityCounts } from '#src/domain/register/pool-counts.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawLife } from '../../support/draw-life.ts';
import { hex, prefecture, sampleDraw, sampleManifest } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const until = '2026-12-04T08:00:00Z';
const at = '2026-12-01T08:00:00Z';
const leaves = async () =>
  (await redis.lrange(keysOf(prefecture).registerLeaves, 0, -1)).map((leaf) => JSON.parse(leaf));

describe('what happens is a leaf of the register', () => {
  test('from the plan of a draw to its end, in order', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 3 });
    await world.draw('d1');
    const { offers, draws, entries } = world.store;
    await offers.settle(prefecture, 'd1.e0001', 'decline', world.nowMs);
    await entries.leave(prefecture, 'e0003', 'erase', world.nowMs);
    await draws.void(prefecture, 'd1', { reason: 'wrong places', agent: 'k1' }, world.nowMs);
    await draws.unwind(prefecture, 'd1', world.nowMs);
    const draw = 'd1';
    const entropy = { source: 'operator', commitment: hex };
    const strength = 'weaker';
    expect(await leaves()).toEqual([
      { at: '2026-12-01T07:00:00Z', draw, entropy, kind: 'scheduled', plannedAt: at, strength },
      {
        ...{ at, draw, kind: 'manifest', manifestHash: hex, strength },
        manifest: sampleManifest('d1', { entries: 3, slots: 1 }),
      },
      { at, counts: {}, draw, grounds: {}, kind: 'priority', other: 0, otherGrounds: 0 },
      { at, channels: {}, draw, kind: 'channels', other: 0 },
      {
        ...{ at, draw, kind: 'outcome', outcomeHash: hex, seed: hex, strength },
        entropy: { secret: hex },
      },
      { at, draw, entry: 'e0001', kind: 'event', slot: 's1', type: 'offered', until },
      { at, draw, entry: 'e0001', kind: 'event', slot: 's1', type: 'declined' },
      { at, draw, entry: 'e0003', kind: 'event', type: 'withdrawn' },
      { at, draw, kind: 'event', type: 'void' },
      { agent: 'k1', at, draw, kind: 'void', reason: 'wrong places', stage: 'after_result' },
    ]);
  });

  test('and repeating a step adds none', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 1 });
    for (let time = 0; time < 2; time += 1) {
      await world.store.draws.schedule(prefecture, sampleDraw({ id: 'd1' }));
      await world.store.draws.beginFreeze(prefecture, 'd1', world.nowMs);
      await world.publishManifest('d1');
      await world.seal('d1');
      await world.openMany('d1');
      await world.store.draws.publish(prefecture, 'd1', world.nowMs);
      await world.store.offers.settle(prefecture, 'd1.e0001', 'accept', world.nowMs);
    }
    await world.store.draws.void(prefecture, 'd1', { reason: 'r', agent: 'k1' }, world.nowMs);
    await world.store.draws.void(prefecture, 'd1', { reason: 's', agent: 'k2' }, world.nowMs);
    expect((await leaves()).map(({ kind, type }) => type ?? kind)).toEqual([
      ...['scheduled', 'manifest', 'priority', 'channels', 'outcome'],
      ...['offered', 'accepted', 'void', 'void'],
    ]);
  });

  test('a draw that never began is superseded in the register too', async () => {
    const world = new DrawWorld(redis);
    await world.store.draws.schedule(prefecture, sampleDraw({ id: 'd1' }));
    await world.store.draws.void(prefecture, 'd1', { reason: 'r', agent: 'k1' }, world.nowMs);
    expect((await leaves()).map(({ kind }) => kind)).toEqual(['scheduled', 'superseded']);
  });

  test('rules that change are one, and settings that are rules; others are none', async () => {
    const { prefectures } = new DrawWorld(redis).store;
    await prefectures.create(prefecture, samplePrefecture());
    const rules = { quotas: { renewal: { max: 1 } } };
    const nowMs = Date.parse(at);
    await prefectures.update(prefecture, (before) => ({ ...before, rules }), nowMs);
    await prefectures.update(prefecture, (before) => ({ ...before, rules }), nowMs);
    await prefectures.pause(prefecture, 'a reason', nowMs);
    const change = (settings: object) =>
      prefectures.update(
        prefecture,
        (before) => ({ ...before, settings: { ...before.settings, ...settings } }),
        nowMs,
      );
    await change({ absenceDraws: 2 });
    await change({ codeMinutes: 30, keepDays: 10 });
    const settings = expect.objectContaining({ absenceDraws: 0, silencesAllowed: 2 });
    const stricter = expect.objectContaining({ absenceDraws: 2, silencesAllowed: 2 });
    expect(await leaves()).toEqual([
      { at, kind: 'rules', rules, settings },
      { at, kind: 'rules', rules, settings: stricter },
    ]);
    const silently = prefectures.update(prefecture, (before) => ({ ...before, rules: {} }));
    await expect(silently).rejects.toThrow('rules change at a time');
  });

  test.each([
    ['answerHours', 71],
    ['minAnswerHours', 11],
    ['noticeHours', 47],
    ['quietFrom', '22:00'],
    ['quietUntil', '07:00'],
    ['silencesAllowed', 3],
    ['absenceDraws', 1],
    ['lateCancelHours', 25],
    ['entriesPerContact', 4],
  ])('%s is a setting that is a rule: its change is one', async (name, value) => {
    const { prefectures } = new DrawWorld(redis).store;
    await prefectures.create(prefecture, samplePrefecture());
    const change = (before: Prefecture) => ({
      ...before,
      settings: { ...before.settings, [name]: value },
    });
    await prefectures.update(prefecture, change, Date.parse(at));
    const [leaf] = await leaves();
    expect([leaf?.kind, leaf?.settings[name]]).toEqual(['rules', value]);
  });

  test('a place that is refilled is one, and the events of a draw are its event leaves', async () => {
    const life = new DrawLife(redis);
    await life.begin();
    for (const pick of [0, 0, 0, 0]) await life.step(pick);
    for (const pick of [0, 1]) await life.happen({ what: 'decline', pick });
    for (const what of ['refill', 'accept', 'cancel', 'leave'] as const) {
      await life.happen({ what, pick: 0 });
    }
    const id = life.draws[0] ?? '';
    const events = (await life.world.store.draws.events(prefecture, id)).map((one) =>
      JSON.parse(one),
    );
    expect(new Set(events.map(({ type }) => type)).has('refilled')).toBe(true);
    const told = (await leaves()).filter(({ kind }) => kind === 'event');
    expect(told).toEqual(events.map((event) => ({ ...event, draw: id })));
  });
});

describe('counts of priority', () => {
  const entries = (requestType: string, count: number, priority?: true) =>
    Array.from({ length: count }, (_, at) => ({
      ...{ id: `${requestType}${at}`, requestType, missed: 0 },
      ...(priority ? { priority } : {}),
    }));

  test('fewer than five of a request type are counted with the others', () => {
    const pool = [
      ...entries('a', 5, true),
      ...entries('b', 4, true),
      ...entries('c', 3, true),
      ...entries('d', 9),
    ];
    expect(priorityCounts(pool)).toEqual({ counts: { a: 5 }, other: 7 });
    expect(priorityCounts([])).toEqual({ counts: {}, other: 0 });
  });
});
