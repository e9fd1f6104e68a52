import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { decodeDraw, encodeDraw } from '#src/store/draws/codec.ts';
import {
  linesOf,
  partsOf,
  prefecture,
  sampleDraw,
  sampleIndex,
  sampleInput,
  sampleManifest,
} from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const id = '20261201-abcdef';
const nextId = '20261208-abcdef';

async function opened(size = { places: 2, entries: 3 }): Promise<DrawWorld> {
  const world = new DrawWorld(redis);
  await world.open(size);
  return world;
}

describe('a plan', () => {
  test('is kept as it is when it is made again', async () => {
    const { draws } = (await opened()).store;
    const draw = sampleDraw({ id, agent: 'k1', schedule: 'weekly', sealedSecret: 'sealed' });
    expect(await draws.schedule(prefecture, draw)).toBe('scheduled');
    expect(await draws.schedule(prefecture, { ...draw, atMs: 1 })).toBe('exists');
    expect(await draws.get(prefecture, id)).toEqual(draw);
  });

  test('is due from its time on, and unfinished until it is published', async () => {
    const world = await opened();
    const { draws } = world.store;
    const unfinished = async () =>
      (await draws.unfinished(prefecture, world.nowMs)).map((draw) => [draw.id, draw.state]);
    await draws.schedule(prefecture, sampleDraw({ id: nextId, atMs: sampleNowMs + 1 }));
    await draws.schedule(prefecture, sampleDraw({ id }));
    expect(await unfinished()).toEqual([[id, 'scheduled']]);
    await draws.beginFreeze(prefecture, id, world.nowMs);
    await world.publishManifest(id);
    expect(await unfinished()).toEqual([[id, 'frozen']]);
    await world.seal(id);
    expect(await unfinished()).toEqual([[id, 'drawn']]);
    await draws.publish(prefecture, id, world.nowMs);
    expect(await unfinished()).toEqual([]);
    world.nowMs += 1;
    expect(await unfinished()).toEqual([[nextId, 'scheduled']]);
  });

  test('is listed with the latest first, page by page', async () => {
    const { draws } = (await opened()).store;
    for (const day of [1, 2, 3, 4, 5]) {
      await draws.schedule(prefecture, sampleDraw({ id: `d${day}`, atMs: day }));
    }
    const first = await draws.list(prefecture, { limit: 3 });
    expect(first.draws.map((draw) => draw.id)).toEqual(['d5', 'd4', 'd3']);
    const second = await draws.list(prefecture, { limit: 3, cursor: first.cursor ?? '' });
    expect(second.draws.map((draw) => draw.id)).toEqual(['d2', 'd1']);
    expect(second.cursor).toBeUndefined();
  });
});

describe('the freeze', () => {
  test('answers the same number and instant when it is repeated', async () => {
    const world = await opened();
    const begun = await world.begin(id);
    expect(begun).toEqual({ outcome: 'freezing', number: 1, frozenAtMs: sampleNowMs });
    world.nowMs += 5000;
    expect(await world.begin(id)).toEqual(begun);
    await world.publishManifest(id);
    expect(await world.begin(id)).toEqual(begun);
    expect(await redis.get(keys.drawNumber)).toBe('1');
  });

  test('of 20 attempts at once numbers the draw once', async () => {
    const world = await opened();
    await world.store.draws.schedule(prefecture, sampleDraw({ id }));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        world.store.draws.beginFreeze(prefecture, id, sampleNowMs + at),
      ),
    );
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  });

  test('takes every free place, and later ones wait for the next draw', async () => {
    const world = await opened();
    await world.begin(id);
    await world.addSlot('s2', 5);
    expect(await world.store.draws.places(prefecture, id)).toEqual(new Map([['s1', 2]]));
    expect(await redis.hgetall(keys.places)).toEqual({ s2: '5' });
  });

  test('waits for another draw under way, in use or being closed, for an import and for a pause', async () => {
    const world = await opened();
    const { draws } = world.store;
    await world.begin(id);
    expect(await world.begin(nextId)).toEqual({ outcome: 'busy' });
    await world.draw(id);
    expect(await world.begin(nextId)).toEqual({ outcome: 'in_use' });
    await draws.close(prefecture, id, world.nowMs);
    expect(await world.begin(nextId)).toEqual({ outcome: 'busy' });
    const closing = await draws.closing(prefecture);
    if (closing) await draws.finishClosing(prefecture, closing);
    await redis.hset(keys.importLock, 'complete', '1');
    expect(await world.begin(nextId)).toEqual({ outcome: 'import_pending' });
    await redis.del(keys.importLock);
    await world.store.prefectures.pause(prefecture, 'flood', world.nowMs);
    expect(await world.begin(nextId)).toEqual({ outcome: 'paused' });
    await world.store.prefectures.resume(prefecture, world.nowMs);
    expect(await world.begin(nextId)).toMatchObject({ outcome: 'freezing', number: 2 });
  });

  test('ends in one flip that leaves nothing of it behind', async () => {
    const world = await opened();
    await world.begin(id);
    await world.store.entries.leave(prefecture, 'e0003', 'withdraw', world.nowMs);
    expect(await redis.exists(keys.freezing, keys.before)).toBe(2);
    const draw = await world.publishManifest(id);
    expect(draw).toMatchObject({ state: 'frozen', number: 1, frozenAtMs: sampleNowMs });
    expect(draw.manifest?.entries.count).toBe(3);
    expect(await world.store.draws.get(prefecture, id)).toEqual(draw);
    expect(await redis.exists(keys.freezing, keys.before)).toBe(0);
    expect(await redis.keys('*staged*')).toEqual([]);
    expect(await redis.ttl(keys.drawInput(id))).toBe(-1);
  });

  test('publishes the manifest of one worker, whichever of two is first', async () => {
    const world = await opened();
    await world.begin(id);
    const { manifest } = await world.publishManifest(id);
    if (!manifest) throw new Error('no manifest');
    const late = sampleInput(manifest, ['late'], { manifestHash: 'cd'.repeat(32) });
    const { draws } = world.store;
    const kept = await draws.publishManifest(prefecture, id, late, world.nowMs);
    expect(kept.manifestHash).toBe('ab'.repeat(32));
    expect(linesOf(await draws.input(prefecture, id))).not.toContain('late');
  });

  test('two workers that publish at once do not mix their parts', async () => {
    const world = await opened({ places: 2, entries: 30 });
    await world.begin(id);
    await world.takeSnapshot(id);
    await Promise.all(Array.from({ length: 8 }, () => world.publishManifest(id)));
    expect(await world.store.draws.input(prefecture, id)).toHaveLength(32);
  });

  test('of a draw that nobody began is a bug, not a manifest', async () => {
    const world = await opened();
    await world.store.draws.schedule(prefecture, sampleDraw({ id }));
    const manifest = sampleManifest(id, { entries: 0, slots: 0 });
    const input = sampleInput(manifest);
    await expect(
      world.store.draws.publishManifest(prefecture, id, input, world.nowMs),
    ).rejects.toThrow('not_freezing');
  });

  test('keeps rules whose request types have the names of object members', () => {
    const quotas = JSON.parse('{"__proto__":{"max":1},"constructor":{"min":1}}');
    const manifest = sampleManifest(id, { entries: 0, slots: 0 }, { quotas });
    const draw = decodeDraw('scheduled', encodeDraw(sampleDraw({ id, manifest })));
    expect(JSON.stringify(draw.manifest)).toBe(JSON.stringify(manifest));
  });
});

describe('the result', () => {
  test('is sealed once', async () => {
    const world = await opened();
    await world.begin(id);
    await world.publishManifest(id);
    const sealed = await world.seal(id);
    expect(sealed.state).toBe('drawn');
    const { seed = '', outcomeHash = '', statistics } = sealed;
    if (!statistics) throw new Error('no statistics');
    const entropy = { secret: 'cd'.repeat(32) };
    const parts = partsOf(['other']);
    const index = sampleIndex({ entries: [], slots: [], winners: [] });
    const other = { entropy, seed: 'cd'.repeat(32), outcomeHash, statistics, parts, index };
    expect(await world.store.draws.seal(prefecture, id, other, world.nowMs)).toEqual(sealed);
    expect((await world.store.draws.get(prefecture, id))?.seed).toBe(seed);
    expect(linesOf(await world.store.draws.result(prefecture, id))).toHaveLength(4);
  });

  test('cannot come before the freeze', async () => {
    const world = await opened();
    const { draws } = world.store;
    await draws.schedule(prefecture, sampleDraw({ id }));
    await expect(draws.publish(prefecture, id, world.nowMs)).rejects.toMatchObject({
      code: 'draw_settled',
    });
    await expect(draws.close(prefecture, 'nowhere', 0)).rejects.toMatchObject({
      code: 'draw_not_found',
    });
  });
});

describe('the end of a reserve list', () => {
  test('gives idle places to the next draw, and is found again until it is settled', async () => {
    const world = await opened({ places: 5, entries: 3 });
    const { draws } = world.store;
    await world.draw(id);
    expect(await draws.reserves(prefecture)).toEqual(new Map([['renewal', id]]));
    expect(await draws.active(prefecture)).toBeUndefined();
    await draws.close(prefecture, id, world.nowMs);
    await draws.close(prefecture, id, world.nowMs + 1);
    expect(await draws.inUse(prefecture)).toEqual([]);
    const closing = await draws.closing(prefecture);
    if (!closing) throw new Error('nothing is being closed');
    const draw = { id, state: 'closed', closedAtMs: world.nowMs };
    expect(closing).toMatchObject({ draw, requestTypes: ['renewal'] });
    expect(await draws.returnIdlePlaces(prefecture, id)).toBe(2);
    expect(await draws.returnIdlePlaces(prefecture, id)).toBe(0);
    await draws.finishClosing(prefecture, { ...closing, requestTypes: ['another'] });
    expect(await draws.closing(prefecture)).toEqual(closing);
    await draws.finishClosing(prefecture, closing);
    expect(await draws.closing(prefecture)).toBeUndefined();
    expect(await world.places()).toEqual({ free: 2, idle: 0, held: 3 });
  });

  test('moves the places of 1,200 slots in chunks', async () => {
    const world = await opened({ places: 0, entries: 0 });
    const slots = Array.from({ length: 1200 }, (_, at) => [`s${at}`, 2]);
    await redis.hset(keys.places, ...slots.flat());
    await world.draw(id);
    await world.closePrevious();
    expect(await redis.hlen(keys.places)).toBe(1200);
    expect(await world.places()).toEqual({ free: 2400, idle: 0, held: 0 });
  });

  test('does not come while its places are in use', async () => {
    const world = await opened({ places: 2, entries: 1 });
    const { draws } = world.store;
    await world.begin(id);
    await world.publishManifest(id);
    await expect(draws.returnIdlePlaces(prefecture, id)).rejects.toMatchObject({
      code: 'draw_settled',
    });
    await world.draw(id);
    expect(await draws.returnIdlePlaces(prefecture, id)).toBe(0);
    expect(await world.places()).toEqual({ free: 0, idle: 1, held: 1 });
  });
});
