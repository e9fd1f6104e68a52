import { describe, expect, test } from 'vitest';
import { keysOf } from '#src/store/core/keys.ts';
import { prefecture, sampleDraw } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';

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

describe('a void draw', () => {
  test('that was only planned is superseded, and leaves no work and no record', async () => {
    const world = await opened();
    const { draws } = world.store;
    await draws.schedule(prefecture, sampleDraw({ id }));
    const voided = await draws.void(prefecture, id, reason, world.nowMs);
    const superseded = { ...reason, atMs: world.nowMs };
    expect(voided).toMatchObject({ state: 'superseded', superseded });
    const again = await draws.void(prefecture, id, { ...reason, agent: 'k2' }, world.nowMs);
    expect(again).toEqual(voided);
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
      expect(await draws.inUse(prefecture)).toEqual([]);
      expect((await draws.unfinished(prefecture, 0)).map((draw) => draw.id)).toEqual([id]);
      await draws.unwind(prefecture, id, world.nowMs);
      await draws.unwind(prefecture, id, world.nowMs);
      expect(await draws.unfinished(prefecture, world.nowMs)).toEqual([]);
      expect(await world.places()).toEqual({ free: 2, idle: 0, held: 0 });
      expect(await world.faults()).toEqual([]);
      await entries.leave(prefecture, 'e0002', 'withdraw', world.nowMs);
      expect(await world.laterEvents(id)).toEqual([{ type: 'void' }]);
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
        return kind === 'event' ? type : (name ?? kind ?? entry ?? hash?.slice(0, 2));
      });
    const head = ['manifest', 's1', 'e0001', 'e0002'];
    // The outcome stands before the events: until it is known, they are not shown.
    expect(await kinds()).toEqual([...head, undefined]);
    await world.seal(id);
    await world.openMany(id);
    await draws.publish(prefecture, id, world.nowMs);
    await offers.settle(prefecture, `${id}.e0001`, 'accept', world.nowMs);
    const rest = ['entropy', 'e0001', 'ab', 'withdrawn', 'offered', 'accepted', undefined];
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
