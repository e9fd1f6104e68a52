import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { merkleRoot } from '#src/base/merkle.ts';
import { parseKeyring } from '#src/identity/keys/keyring.ts';
import { createSigner, jwksOf } from '#src/identity/keys/signer.ts';
import { createMetrics } from '#src/metrics/metrics.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { createStore } from '#src/store/store.ts';
import { isConsistent, isIncluded } from '#src/transparency/proof.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { signRegister } from '#src/usecases/register/sign.ts';
import { killEverywhere } from '../../support/faulty-redis.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  openHouse,
  prefecture,
  signer,
} from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { eventLeaves, signerOf } from '../../support/register.ts';
import { sampleNowMs } from '../../support/samples.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const { register } = store;
const keys = keysOf(prefecture);
beforeEach(() => {
  time.nowMs = sampleNowMs;
});
afterAll(() => house.close());

const append = (count: number, from = 0) =>
  redis.rpush(keys.registerLeaves, ...eventLeaves(count, from));
const allLeaves = () => redis.lrange(keys.registerLeaves, 0, -1);
const allHeads = () => register.heads(prefecture, 0, 1000);
const sign = (over = {}) => signRegister({ ...house.deps, ...over }, prefecture);

/** Whatever is wrong with the heads: each must be signed, of the leaves, and larger than the last. */
async function faults(): Promise<string[]> {
  const leaves = await allLeaves();
  const found: string[] = [];
  let last = 0;
  for (const { size, root, checkpoint } of await allHeads()) {
    if (size <= last || size > leaves.length) found.push(`size ${size} after ${last}`);
    if (root !== merkleRoot(leaves.slice(0, size), nodeSha256)) found.push(`root of ${size}`);
    if (signerOf(checkpoint, signer.keys) === undefined) found.push(`signature of ${size}`);
    last = size;
  }
  return found;
}

describe('signing the register', () => {
  test('gives one head for what was appended, and none for nothing', async () => {
    await sign();
    expect(await register.head(prefecture)).toBeUndefined();
    await append(3);
    await sign();
    await sign();
    expect(await allHeads()).toMatchObject([{ size: 3, signedAtMs: sampleNowMs }]);
    await append(700, 3);
    await sign();
    expect((await allHeads()).map(({ size }) => size)).toEqual([3, 703]);
    expect(await faults()).toEqual([]);
    expect((await register.head(prefecture))?.checkpoint).toMatch(
      /^tirage\.example\.org\/92\n703\n/,
    );
    expect(await register.counts(prefecture)).toMatchObject({ leaves: 703, events: 703, void: 0 });
    expect(await redis.hlen(keys.registerTiles)).toBe(3);
  });

  test.each(['command', 'reply'] as const)(
    'may die at any command, its %s lost, and goes on to the same heads',
    async (lost) => {
      await append(600);
      const died = await killEverywhere(
        house.redis,
        lost,
        (faulty) => sign({ store: createStore(faulty) }),
        async (n) => {
          expect(await faults()).toEqual([]);
          if (n % 4 === 0) await append(100, 600 + 25 * n);
        },
      );
      expect(died).toBeGreaterThan(10);
      await sign();
      expect((await register.head(prefecture))?.size).toBe((await allLeaves()).length);
      expect(await faults()).toEqual([]);
      const { leaves } = (await register.counts(prefecture)) ?? {};
      expect(leaves).toBe((await allLeaves()).length);
    },
  );

  test('by many processes at once, while leaves arrive, never gives two heads of a size', async () => {
    await append(300);
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([sign(), sign(), append(271, 300 + 271 * round), sign(), sign()]);
    }
    await sign();
    expect((await register.head(prefecture))?.size).toBe(300 + 4 * 271);
    expect(await faults()).toEqual([]);
  });

  test('with a new key leaves the older heads as they are, and all keys public', async () => {
    const letters = ['d', 'n'].map((letter) => Buffer.from(letter.repeat(32)).toString('base64'));
    const rotated = createSigner(parseKeyring(`k2:${letters[1]},k1:${letters[0]}`));
    await append(1);
    await sign();
    await append(1, 1);
    await sign({ signer: rotated });
    const checkpoints = (await allHeads()).map(({ checkpoint }) => checkpoint);
    expect(checkpoints.map((text) => signerOf(text, rotated.keys))).toEqual(['k1', 'k2']);
    expect(checkpoints.map((text) => signerOf(text, signer.keys))).toEqual(['k1', undefined]);
  });
});

describe('a register that does not fit its newest head is not signed', () => {
  test.each([
    ['a changed leaf', 'root_differs', () => redis.lset(keys.registerLeaves, 590, 'forged')],
    ['leaves taken away', 'leaves_missing', () => redis.ltrim(keys.registerLeaves, 0, 500)],
    ['a changed leaf below a tile', 'tile_differs', () => redis.lset(keys.registerLeaves, 0, 'x')],
    ['a changed tile', 'root_differs', () => redis.hset(keys.registerTiles, '1/0', 'x'.repeat(64))],
  ])('%s: %s', async (_what, reason, harm) => {
    const metrics = createMetrics();
    await append(600);
    await sign({ metrics });
    await harm();
    // Another tile is looked at with each head: with two tiles, at the second at the latest.
    for (let round = 0; round < 2; round += 1) {
      await append(1, 600 + round);
      await sign({ metrics });
    }
    const told = await metrics.registry.getSingleMetricAsString('tirage_register_refusals_total');
    expect(told).toContain(`reason="${reason}"}`);
    expect((await register.head(prefecture))?.size).toBeLessThanOrEqual(601);
  });
});

test('under another name nothing more is signed', async () => {
  await append(3);
  await sign();
  await append(1, 3);
  const metrics = createMetrics();
  await sign({ metrics, registerOrigin: 'elsewhere.example.org' });
  const told = await metrics.registry.getSingleMetricAsString('tirage_register_refusals_total');
  expect(told).toContain('reason="origin_differs"}');
  expect((await register.head(prefecture))?.size).toBe(3);
  await sign();
  expect((await register.head(prefecture))?.size).toBe(4);
});

test('tiles that a slower process hashed are not stored over those of a faster one', async () => {
  await append(600);
  await sign();
  const late = await register.leaves(prefecture, 0, 256);
  expect(await register.growTiles(prefecture, 0, late)).toBe('conflict');
  expect(await register.hashed(prefecture)).toBe(512);
  expect((await redis.hgetBuffer(keys.registerTiles, '1/0'))?.length).toBe(64);
});

test('tiles that were spoilt are made again from the leaves, once they count as not made', async () => {
  await append(600);
  await sign();
  await redis.hset(keys.registerTiles, '0/1', 'x'.repeat(8192));
  await redis.hset(keys.registerState, 'hashed', 0);
  await append(1, 600);
  await sign();
  expect((await register.head(prefecture))?.size).toBe(601);
  expect(await faults()).toEqual([]);
});

describe('a draw in the register', () => {
  async function drawn() {
    await createPrefecture(store);
    await addSlots(store, [{ id: 's1', capacity: 2 }]);
    for (const id of ['e1', 'e2', 'e3']) {
      await addWaiting(store, id, { sealed: 'Marked-Name' }, { name: 'Marked-Name' });
    }
    const draw = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1');
    await advanceDraws(house.steps(), prefecture);
    return draw;
  }
  const parsed = async () => (await allLeaves()).map((leaf) => JSON.parse(leaf));

  test('is its record, from the manifest to the last event', async () => {
    const { id } = await drawn();
    const { offers } = await store.offers.list(prefecture, id, { limit: 10 });
    await store.offers.settle(prefecture, `${id}.${offers[0]?.entry}`, 'accept', time.nowMs);
    await store.offers.settle(prefecture, `${id}.${offers[1]?.entry}`, 'decline', time.nowMs);
    await store.entries.leave(prefecture, offers[0]?.entry ?? '', 'withdraw', time.nowMs + 1000);
    const parts = await Array.fromAsync(store.draws.record(prefecture, id));
    const lines = Buffer.concat(parts).toString().trim().split('\n');
    const record = lines.map((line) => JSON.parse(line));
    const of = (kind: string) => record.filter((line) => line.kind === kind);
    const leaves = (await parsed()).filter(({ draw }) => draw === id);
    const leafOf = (kind: string) => leaves.filter((leaf) => leaf.kind === kind);
    expect(leafOf('manifest').map(({ manifest }) => ({ ...manifest, kind: 'manifest' }))).toEqual(
      of('manifest'),
    );
    expect(leafOf('outcome').map(({ entropy }) => ({ ...entropy, kind: 'entropy' }))).toEqual(
      of('entropy'),
    );
    expect(leafOf('outcome').map(({ outcomeHash }) => outcomeHash)).toEqual(
      of('outcome').map(({ hash }) => hash),
    );
    expect(leafOf('event')).toEqual(of('event').map((event) => ({ ...event, draw: id })));
    // Each of two winners is offered a place; what else happens is three events.
    expect(leafOf('event')).toHaveLength(2 + 3);
    // Winners stand in the outcome: a draw adds five leaves beside its events.
    expect(leaves).toHaveLength(5 + 5);
    const draw = await store.draws.get(prefecture, id);
    expect(leafOf('scheduled')).toMatchObject([{ entropy: draw?.entropy }]);
    expect(leafOf('outcome')).toMatchObject([{ seed: draw?.seed }]);
    expect(leafOf('manifest')).toMatchObject([{ manifestHash: draw?.manifestHash }]);
  });

  test('passes the verifier with its record, the register and two heads', async () => {
    const { id } = await drawn();
    await sign();
    await store.draws.void(prefecture, id, { reason: 'a reason', agent: 'agent1' }, time.nowMs);
    await sign();
    const folder = await mkdtemp(join(tmpdir(), 'tirage-register-'));
    const file = async (name: string, text: string | Buffer) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const parts = await Array.fromAsync(store.draws.record(prefecture, id));
    const [first, second] = await allHeads();
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['scripts/verify.ts', await file('record.ndjson', Buffer.concat(parts))],
      ...['--register', await file('entries', `${(await allLeaves()).join('\n')}\n`)],
      ...['--checkpoint', await file('first', first?.checkpoint ?? '')],
      ...['--checkpoint', await file('second', second?.checkpoint ?? '')],
      ...['--keys', await file('keys', JSON.stringify(jwksOf(signer.keys)))],
    ]);
    await rm(folder, { recursive: true });
    expect(stdout).toContain('signed by key k1');
    expect(stdout).toContain('commitment, manifest, outcome and all 3 events');
    expect(stdout).toContain('VOID, it says: a reason');
  });

  test('holds nothing personal, and erasing a person leaves every proof valid', async () => {
    const { id } = await drawn();
    await sign();
    const before = await register.head(prefecture);
    await store.entries.leave(prefecture, 'e1', 'erase', time.nowMs);
    await sign();
    const leaves = await allLeaves();
    expect(leaves.join()).not.toMatch(/Marked|@example|0123456789|-----/);
    const size = leaves.length;
    const { root } = (await register.head(prefecture)) ?? { root: '' };
    for (const [index, leaf] of leaves.entries()) {
      const proof = await register.inclusion(prefecture, index, size);
      expect(isIncluded({ leaf, index, size, proof, root }, nodeSha256)).toBe(true);
    }
    const { size: firstSize, root: firstRoot } = before ?? { size: 0, root: '' };
    const proof = await register.consistency(prefecture, firstSize, size);
    expect(isConsistent({ firstSize, firstRoot, size, root, proof }, nodeSha256)).toBe(true);
    const gone = JSON.parse(leaves.at(-1) ?? '');
    expect(gone).toMatchObject({ draw: id, entry: 'e1', type: 'withdrawn' });
  });

  test('is signed as it goes: the workers are woken for each step', async () => {
    await drawn();
    const [job, ...more] = await house.queues.register.getWaiting();
    expect(job?.data).toEqual({ prefecture });
    expect(more).toEqual([]);
  });
});
