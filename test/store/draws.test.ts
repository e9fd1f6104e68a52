import { describe, expect, test } from 'vitest';
import { decodeDraw, encodeDraw } from '#src/store/codec-draw.ts';
import { keysOf } from '#src/store/keys.ts';
import {
  DrawWorld,
  linesOf,
  partsOf,
  prefecture,
  sampleDraw,
  sampleManifest,
} from '../support/draw-world.ts';
import { useRedis } from '../support/redis.ts';
import { sampleNowMs } from '../support/samples.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const id = '20261201-abcdef';
const nextId = '20261208-abcdef';
const reason = { reason: 'a slot was entered twice', agent: 'k1' };

async function opened(size = { places: 2, entries: 3 }): Promise<DrawWorld> {
  const world = new DrawWorld(redis);
  await world.open(size);
  return world;
}

async function recordText(world: DrawWorld, draw: string): Promise<string> {
  return Buffer.concat(
    await Array.fromAsync(world.store.draws.record(prefecture, draw)),
  ).toString();
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

  test('waits for another active draw, for one being closed, for an import and for a pause', async () => {
    const world = await opened();
    const { draws } = world.store;
    await world.draw(id);
    expect(await world.begin(nextId)).toEqual({ outcome: 'busy' });
    await draws.close(prefecture, id, world.nowMs);
    expect(await world.begin(nextId)).toEqual({ outcome: 'busy' });
    await draws.finishClosing(prefecture, id);
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
    const late = { manifest, manifestHash: 'cd'.repeat(32), parts: partsOf(['late']) };
    const { draws } = world.store;
    expect((await draws.publishManifest(prefecture, id, late)).manifestHash).toBe('ab'.repeat(32));
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
    const input = { manifest, manifestHash: 'ab'.repeat(32), parts: partsOf([manifest]) };
    await expect(world.store.draws.publishManifest(prefecture, id, input)).rejects.toThrow(
      'not_freezing',
    );
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
    const other = { seed: 'cd'.repeat(32), outcomeHash, statistics, parts: partsOf(['other']) };
    expect(await world.store.draws.seal(prefecture, id, other)).toEqual(sealed);
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
    expect((await draws.current(prefecture))?.id).toBe(id);
    await draws.close(prefecture, id, world.nowMs);
    await draws.close(prefecture, id, world.nowMs + 1);
    expect(await draws.current(prefecture)).toBeUndefined();
    expect(await draws.active(prefecture)).toBeUndefined();
    expect(await draws.closing(prefecture)).toMatchObject({ id, closedAtMs: world.nowMs });
    expect(await draws.returnIdlePlaces(prefecture, id)).toBe(2);
    expect(await draws.returnIdlePlaces(prefecture, id)).toBe(0);
    await draws.finishClosing(prefecture, 'another');
    expect((await draws.closing(prefecture))?.id).toBe(id);
    await draws.finishClosing(prefecture, id);
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
    const world = await opened();
    await world.draw(id);
    await expect(world.store.draws.returnIdlePlaces(prefecture, id)).rejects.toMatchObject({
      code: 'draw_settled',
    });
  });
});

describe('a void draw', () => {
  test('that was only planned leaves no work and no record', async () => {
    const world = await opened();
    const { draws } = world.store;
    await draws.schedule(prefecture, sampleDraw({ id }));
    const voided = await draws.void(prefecture, id, reason, world.nowMs);
    expect(voided).toMatchObject({ state: 'void', voided: { ...reason, atMs: world.nowMs } });
    expect(await draws.unfinished(prefecture, world.nowMs)).toEqual([]);
    await expect(recordText(world, id)).rejects.toMatchObject({ code: 'manifest_unavailable' });
    await expect(world.begin(id)).rejects.toMatchObject({ code: 'draw_settled' });
  });

  test('that was freezing gives its places back and has no record', async () => {
    const world = await opened();
    const { draws, entries } = world.store;
    await world.begin(id);
    await entries.leave(prefecture, 'e0001', 'withdraw', world.nowMs);
    await world.takeSnapshot(id);
    await draws.void(prefecture, id, reason, world.nowMs);
    expect(await redis.exists(keys.freezing, keys.before, keys.drawEvents(id))).toBe(0);
    await expect(world.publishManifest(id)).rejects.toMatchObject({ code: 'draw_settled' });
    await draws.unwind(prefecture, id, world.nowMs);
    expect(await world.places()).toEqual({ free: 2, idle: 0, held: 0 });
    expect(await world.begin(nextId)).toMatchObject({ outcome: 'freezing', number: 2 });
  });

  test.each(['frozen', 'drawn', 'published'] as const)(
    'that was %s takes everything back, and its record ends there',
    async (state) => {
      const world = await opened({ places: 2, entries: 3 });
      const { draws, entries } = world.store;
      await world.begin(id);
      await world.publishManifest(id);
      if (state !== 'frozen') await world.seal(id);
      if (state !== 'frozen') await world.openMany(id);
      if (state === 'published') await draws.publish(prefecture, id, world.nowMs);
      await draws.void(prefecture, id, reason, world.nowMs);
      await draws.void(prefecture, id, { ...reason, agent: 'k2' }, world.nowMs);
      expect(await draws.active(prefecture)).toBeUndefined();
      expect(await draws.current(prefecture)).toBeUndefined();
      expect((await draws.unfinished(prefecture, 0)).map((draw) => draw.id)).toEqual([id]);
      await draws.unwind(prefecture, id, world.nowMs);
      await draws.unwind(prefecture, id, world.nowMs);
      expect(await draws.unfinished(prefecture, world.nowMs)).toEqual([]);
      expect(await world.places()).toEqual({ free: 2, idle: 0, held: 0 });
      expect(await world.faults()).toEqual([]);
      await entries.leave(prefecture, 'e0002', 'withdraw', world.nowMs);
      expect(await world.events(id)).toEqual([{ type: 'void' }]);
      expect((await draws.get(prefecture, id))?.voided?.agent).toBe('k1');
      expect((await world.entry('e0001')).state).toBe('waiting');
    },
  );

  test('revokes appointments too, tells people, and leaves alone who came', async () => {
    const world = await opened({ places: 3, entries: 3 });
    const { draws, offers } = world.store;
    await world.draw(id);
    await offers.settle(prefecture, `${id}.e0001`, 'accept', world.nowMs);
    await offers.settle(prefecture, `${id}.e0002`, 'accept', world.nowMs);
    await offers.attend(prefecture, `${id}.e0002`, 'attend', world.nowMs);
    await redis.del(keys.mailDue);
    await draws.void(prefecture, id, reason, world.nowMs);
    await draws.unwind(prefecture, id, world.nowMs);
    expect((await world.entry('e0001')).state).toBe('waiting');
    expect((await world.entry('e0002')).state).toBe('served');
    expect(await world.offer(`${id}.e0001`)).toMatchObject({ appointment: 'cancelled' });
    expect(await world.offer(`${id}.e0003`)).toMatchObject({ state: 'revoked' });
    expect((await redis.lrange(keys.mailDue, 0, -1)).sort()).toEqual([
      `revoked.e0001.${id}`,
      `revoked.e0003.${id}`,
    ]);
    expect(await world.places()).toEqual({ free: 2, idle: 0, held: 1 });
  });

  test('of 450 offers is unwound in chunks', async () => {
    const world = await opened({ places: 450, entries: 450 });
    await world.draw(id);
    await world.store.draws.void(prefecture, id, reason, world.nowMs);
    await world.store.draws.unwind(prefecture, id, world.nowMs);
    expect(await world.places()).toEqual({ free: 450, idle: 0, held: 0 });
    expect(await redis.hgetall(keys.counts)).toEqual({ 'waiting:renewal': '450' });
  });

  test('cannot be one that is closed', async () => {
    const world = await opened();
    await world.draw(id);
    await world.store.draws.close(prefecture, id, world.nowMs);
    await expect(world.store.draws.void(prefecture, id, reason, world.nowMs)).rejects.toMatchObject(
      { code: 'draw_settled' },
    );
  });
});

describe('the record', () => {
  test('is its parts in order, then the events', async () => {
    const world = await opened({ places: 1, entries: 2 });
    const { draws, offers, entries } = world.store;
    await world.begin(id);
    await world.publishManifest(id);
    await entries.leave(prefecture, 'e0002', 'withdraw', world.nowMs);
    const kinds = async () =>
      (await recordText(world, id)).split('\n').map((line) => {
        const { kind, id: name, entry, hash, type } = line === '' ? {} : JSON.parse(line);
        return kind === 'event' ? type : (kind ?? name ?? entry ?? hash?.slice(0, 2));
      });
    const head = ['manifest', 's1', 'e0001', 'e0002'];
    // The outcome stands before the events: until it is known, they are not shown.
    expect(await kinds()).toEqual([...head, undefined]);
    await world.seal(id);
    await world.openMany(id);
    await draws.publish(prefecture, id, world.nowMs);
    await offers.settle(prefecture, `${id}.e0001`, 'accept', world.nowMs);
    const rest = ['entropy', 'e0001', 'ab', 'withdrawn', 'accepted', undefined];
    expect(await kinds()).toEqual([...head, ...rest]);
  });

  test('has every event, however many, as its own JCS line in time order', async () => {
    const world = await opened({ places: 0, entries: 0 });
    await redis.hset(keys.places, 's1', 1);
    await world.begin(id);
    await world.publishManifest(id);
    await world.seal(id);
    const line = '{"at":"2026-12-01T08:00:00Z","entry":"e","kind":"event","type":"withdrawn"}';
    await redis.rpush(keys.drawEvents(id), ...Array.from({ length: 2500 }, () => line));
    expect((await recordText(world, id)).split('\n').filter((each) => each === line)).toHaveLength(
      2500,
    );
    expect(await world.store.draws.events(prefecture, id, 2499)).toEqual([line]);
    // A clock that is behind does not turn the record back.
    await world.store.draws.void(prefecture, id, reason, sampleNowMs - 5000);
    expect((await world.store.draws.events(prefecture, id, 2500))[0]).toBe(
      '{"at":"2026-12-01T08:00:00Z","kind":"event","type":"void"}',
    );
  });
});
