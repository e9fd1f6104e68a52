import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { allocate } from '#src/allocator/draw/draw.ts';
import { buildPoolManifest, entryLeaf } from '#src/allocator/record/manifest.ts';
import { recordPool } from '#src/allocator/record/record.ts';
import type { Entry, Slot } from '#src/allocator/types.ts';
import type { DrawRecord } from '#src/domain/draws/draw.ts';
import { standingsOf } from '#src/domain/participation/standings.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { packIndex } from '#src/store/draws/index.ts';
import { createStore } from '#src/store/store.ts';
import { isIncluded } from '#src/transparency/proof.ts';
import { tieManifest } from '#src/usecases/draws/tie-manifest.ts';
import { draw } from '#src/workers/allocation/thread.ts';
import { hex, prefecture, sampleDraw } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { useRedis } from '../../support/redis.ts';
import { type sampleEntry, sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const store = createStore(redis);
const id = '20261201-abcdef';
const rules = { priorityMax: 3, ageing: { ticketsPerMiss: 1, maxTickets: 3, guaranteeAfter: 6 } };

function poolOf(count: number): { entries: Entry[]; slots: Slot[] } {
  const entries = Array.from({ length: count }, (_, n): Entry => {
    const requestType = n % 11 === 0 ? 'unserved' : `type${n % 3}`;
    const accepts = n % 4 === 0 ? { accepts: { sites: [n % 8 === 0 ? 'nowhere' : 'here'] } } : {};
    const priority = n % 50 === 0 ? ({ priority: true } as const) : {};
    return {
      id: `e${String(n).padStart(6, '0')}`,
      requestType,
      missed: n % 8,
      ...accepts,
      ...priority,
    };
  });
  const start = '2027-01-04T09:00:00+01:00';
  const slots = [
    { id: 's1', site: 'here', start, capacity: 20, requestTypes: ['type0', 'type1'] },
    { id: 's2', site: 'here', start, capacity: 5, requestTypes: ['type2'] },
  ];
  return { entries, slots };
}

/** Draws a pool and stores it as the worker does, a few lines in each part of the record. */
async function given(
  count: number,
): Promise<{ record: DrawRecord; entries: Entry[]; ranking: string[]; winners: string[] }> {
  const { entries, slots } = poolOf(count);
  const frozenAt = '2026-12-01T08:00:00Z';
  const pool = buildPoolManifest(
    { draw: id, prefecture, frozenAt, rules, entries, slots },
    nodeSha256,
  );
  const entropy = { source: 'operator', commitment: hex } as const;
  const lines = [...recordPool(slots, entries)];
  const parts = Array.from({ length: Math.ceil(lines.length / 97) }, (_, part) =>
    gzipSync(lines.slice(97 * part, 97 * (part + 1)).join('')),
  );
  const tie = () => tieManifest(pool, { entropy });
  await store.prefectures.create(prefecture, samplePrefecture());
  await store.draws.schedule(prefecture, sampleDraw({ id }));
  await store.draws.beginFreeze(prefecture, id, sampleNowMs);
  const priority = { counts: {}, other: 0, grounds: {}, otherGrounds: 0 };
  const channels = { channels: {}, other: 0 };
  const frozen = { priority, channels, parts, tie };
  await store.draws.publishManifest(prefecture, id, frozen, sampleNowMs);
  const input = await store.draws.input(prefecture, id);
  const drawn = draw({ input, entropy: { secret: hex } });
  const sealed = { ...drawn, parts: drawn.parts.map((part) => Buffer.from(part)) };
  const result = { ...sealed, entropy: { secret: hex } };
  const record = await store.draws.seal(prefecture, id, result, sampleNowMs + 1000);
  const { ranking, winners } = allocate({ entries, slots, rules, seed: drawn.seed }, nodeSha256);
  return { record, entries, ranking, winners: winners.map(({ entry }) => entry) };
}

async function standing(entryId: string) {
  const found = (await store.draws.participation(prefecture, id, entryId)).standing;
  if (typeof found === 'string') throw new Error(`${entryId} is ${found}`);
  return found;
}

describe('the index of a draw', () => {
  test('says of every entry where it stands, and of nobody else', async () => {
    const { entries, ranking, winners, record } = await given(700);
    expect(record.drawnAtMs).toBe(sampleNowMs + 1000);
    const won = new Set(winners);
    const inType = new Map<string, number>();
    const ofId = new Map(entries.map((entry, leaf) => [entry.id, { ...entry, leaf }]));
    for (const [before, entryId] of ranking.entries()) {
      const {
        leaf,
        requestType,
        missed,
        priority = false,
      } = ofId.get(entryId) ?? { leaf: -1, requestType: '', missed: 0 };
      const rankInType = (inType.get(requestType) ?? 0) + 1;
      inType.set(requestType, rankInType);
      const found = await standing(entryId);
      expect(found).toMatchObject({ leaf, rank: before + 1, rankInType, priority });
      expect(found.guaranteed).toBe(missed >= 6);
      expect(found.tickets).toBe(Math.min(3, 1 + missed));
      expect(found.outcome === 'drawn').toBe(won.has(entryId));
      expect(found.ofType).toMatchObject({
        requestType,
        entries: entries.filter((entry) => entry.requestType === requestType).length,
      });
    }
    const { standing: absent } = await store.draws.participation(prefecture, id, 'e000700');
    expect(absent).toBe('absent');
  });

  test('knows the last rank that was drawn of each request type', async () => {
    const { entries, ranking, winners } = await given(300);
    const typeOf = new Map(entries.map((entry) => [entry.id, entry.requestType]));
    for (const type of ['type0', 'type1', 'type2', 'unserved']) {
      const ranks = winners
        .filter((won) => typeOf.get(won) === type)
        .map((won) => ranking.indexOf(won) + 1);
      const one = entries.find(({ requestType }) => requestType === type)?.id ?? '';
      const { ofType } = await standing(one);
      expect(ofType.lastDrawnRank).toBe(Math.max(0, ...ranks));
      expect(ofType.lastServedRank).toBe(ofType.lastDrawnRank);
    }
  });

  test.each([1, 2, 255, 256, 257, 700])(
    'proves each of %i entries against the manifest',
    async (count) => {
      const { record, entries } = await given(count);
      const root = record.manifest?.entries.root ?? '';
      const some = new Set([0, 1, 96, 97, 254, 255, 256, 257, 511, 512, count - 2, count - 1]);
      for (const leaf of [...some].filter((number) => number >= 0 && number < count)) {
        const found = await store.draws.inclusion(prefecture, id, leaf);
        expect(found).toMatchObject({ entry: entries[leaf], index: leaf, size: count });
        expect(found?.leaf).toBe(entryLeaf(entries[leaf] as Entry)); // in range
        const claim = { leaf: found?.leaf ?? '', index: leaf, size: count, root };
        expect(isIncluded({ ...claim, proof: found?.proof ?? [] }, nodeSha256)).toBe(true);
      }
      await expect(store.draws.inclusion(prefecture, id, count)).rejects.toThrow(RangeError);
    },
  );

  test('of an empty pool says that nobody was in it', async () => {
    await given(0);
    const { standing: found } = await store.draws.participation(prefecture, id, 'e000000');
    expect(found).toBe('absent');
  });

  test('is written in small values: about 20 bytes an entry', async () => {
    await given(5000);
    const fields = await redis.hgetallBuffer(keysOf(prefecture).drawIndex(id));
    const sizes = Object.values(fields).map((value) => value.length);
    expect(Math.max(...sizes)).toBeLessThan(9000);
    expect(sizes.reduce((sum, size) => sum + size, 0) / 5000).toBeLessThan(21.5);
    expect(await redis.ttl(keysOf(prefecture).drawIndex(id))).toBe(-1);
  });
});

test('an id that is there twice has no index', () => {
  const [entry] = poolOf(1).entries;
  if (!entry) throw new Error('one entry');
  const standings = standingsOf({
    entries: [entry],
    slots: [],
    rules,
    ranking: [entry.id],
    winners: [],
  });
  const twice = { entries: [entry, entry], rules, standings, parts: [0], tiles: new Map() };
  expect(() => packIndex(twice)).toThrow('is one id there twice?');
});

describe('participation', () => {
  test('without an index, or without an outcome, says so', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 3 });
    await world.begin(id);
    await world.publishManifest(id);
    const { draws } = world.store;
    expect(await draws.participation(prefecture, id, 'e0001')).toMatchObject({
      standing: 'undrawn',
    });
    await world.seal(id);
    await redis.del(keysOf(prefecture).drawIndex(id));
    expect(await draws.participation(prefecture, id, 'e0001')).toMatchObject({
      standing: 'unindexed',
    });
    await expect(draws.participation(prefecture, 'none', 'e0001')).rejects.toMatchObject({
      code: 'draw_not_found',
    });
  });

  test('lists the draws since the entry began to wait, the latest first, in pages', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 3 });
    for (const number of [1, 2, 3, 4]) {
      world.nowMs += 3_600_000;
      await world.draw(`d${number}`);
    }
    const { draws } = world.store;
    const listed = async (
      entry: ReturnType<typeof sampleEntry>,
      limit: number,
      cursor?: string,
    ) => {
      const page = await draws.participations(prefecture, entry, {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { draws: page.participations.map(({ draw: { id: of } }) => of), cursor: page.cursor };
    };
    const loser = await world.entry('e0003');
    expect(await listed(loser, 3)).toEqual({ draws: ['d4', 'd3', 'd2'], cursor: 'd2' });
    expect(await listed(loser, 3, 'd2')).toEqual({ draws: ['d1'], cursor: undefined });
    // It holds the place it was drawn in d1: it was in the pool of no later draw.
    expect(await listed(await world.entry('e0001'), 10)).toEqual({
      draws: ['d1'],
      cursor: undefined,
    });
    const late = { ...loser, waitingSinceMs: sampleNowMs + 3 * 3_600_000 };
    expect(await listed(late, 10)).toEqual({ draws: ['d4', 'd3'], cursor: undefined });
    expect(await listed({ ...loser, state: 'unverified' }, 10)).toEqual({
      draws: [],
      cursor: undefined,
    });
  });

  test('lists none that froze after the entry had left, its outcome known or not', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 3 });
    for (const number of [1, 2]) {
      world.nowMs += 3_600_000;
      await world.draw(`d${number}`);
    }
    const loser = await world.entry('e0003');
    const endedAtMs = world.nowMs + 1;
    world.nowMs += 3_600_000;
    await world.draw('d3');
    // As if it were still under way.
    const key = keysOf(prefecture).draw('d3');
    const { outcomeHash: _hash, ...undrawn } = JSON.parse((await redis.hget(key, 'json')) ?? '');
    await redis.hset(key, 'json', JSON.stringify(undrawn));
    const { draws } = world.store;
    const { participations } = await draws.participations(prefecture, loser, { limit: 1 });
    expect(participations).toMatchObject([{ draw: { id: 'd3' }, standing: 'undrawn' }]);
    const gone = { ...loser, state: 'withdrawn', endedAtMs } as const;
    const page = await draws.participations(prefecture, gone, { limit: 1 });
    expect(page.participations.map(({ draw }) => draw.id)).toEqual(['d2']);
    const rest = await draws.participations(prefecture, gone, { limit: 1, cursor: 'd2' });
    expect(rest.participations.map(({ draw }) => draw.id)).toEqual(['d1']);
  });

  test('tells of the offer, and how far the reserve list went', async () => {
    const world = new DrawWorld(redis);
    await world.open({ places: 1, entries: 3 });
    await world.draw(id);
    const { draws, offers } = world.store;
    await offers.settle(prefecture, `${id}.e0001`, 'decline', world.nowMs);
    const refill = world.newOffer(id, { entry: 'e0002', slot: 's1' });
    expect(await offers.refill(prefecture, refill, 2)).toBe('refilled');
    const found = await draws.participation(prefecture, id, 'e0002');
    expect(found).toMatchObject({
      standing: {
        rank: 2,
        outcome: 'rank_too_low',
        ofType: { lastDrawnRank: 1, lastServedRank: 2 },
      },
      offer: { via: 'refill', state: 'pending' },
    });
    expect((await draws.participation(prefecture, id, 'e0003')).offer).toBeUndefined();
  });
});
