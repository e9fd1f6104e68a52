import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { DomainError } from '#src/base/errors.ts';
import { checkStore } from '#src/store/check/check-store.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawLife, drawNumber, type Happening, happenings } from '../../support/draw-life.ts';
import { prefecture } from '../../support/draw-samples.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleEntry } from '../../support/samples.ts';

const redis = useRedis();
const keys = keysOf(prefecture);
const others = Array.from({ length: 4 }, () => new Redis(redisUrl()));
const watching = new Redis(redisUrl());
afterAll(() => Promise.all([...others, watching].map((one) => one.quit())));

/** The same numbers in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 8;
  };
}

const everything = Object.keys(happenings) as Happening['what'][]; // its keys
/** Most of what people do, so that draws have somebody. */
const often: Happening['what'][] = ['join', 'join', 'accept', 'decline', 'refill', 'step', 'step'];

/** Lets this many things happen. */
async function live(life: DrawLife, seed: number, many: number): Promise<void> {
  const next = numbersFrom(seed);
  const kinds = [...everything, ...often, ...often];
  for (let at = 0; at < many; at += 1) {
    const what = kinds[next() % kinds.length] ?? 'join';
    // Of two who refill one place the slower has nothing to do.
    await life.happen({ what, pick: next() }).catch((error: unknown) => {
      if (!(error instanceof Error && /cannot have/.test(error.message))) throw error;
    });
  }
}

/** So many people who join, answer and leave, on a connection of their own. */
async function people(life: DrawLife, at: number, many: number): Promise<void> {
  const { store } = new DrawLife(others[at] ?? redis).world;
  const next = numbersFrom(at + 1);
  for (let done = 0; done < many; done += 1) {
    const id = `p${at}x${done}`;
    const clues = [`n${String(next() % 50).padEnd(12, '-')}`];
    const entry = sampleEntry({ id, state: 'waiting', identity: `of-${id}`, clues });
    await store.entries.join(prefecture, entry, { messages: [`welcome.${id}.1`] });
    const former = `p${at}x${next() % (done + 1)}`;
    const offer = await life.offerAt(next(), ({ state }) => state === 'pending');
    const event = next() % 2 === 0 ? 'accept' : 'decline';
    await store.offers.settle(prefecture, offer, event, life.world.nowMs).catch(refused);
    if (next() % 3 === 0) {
      await store.entries.leave(prefecture, former, 'erase', life.world.nowMs).catch(refused);
    }
  }
}

function refused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}

// Tried again where the machine was so busy that the load ended after three checks.
test('while people join, answer and leave, and draws go on, nothing is named', {
  retry: 2,
  timeout: 60_000,
}, async () => {
  const life = new DrawLife(redis);
  await life.begin();
  let isOver = false;
  const load = Promise.all([
    live(life, 7, 250),
    ...others.map((_, at) => people(life, at, 60)),
  ]).finally(() => {
    isOver = true;
  });
  const context = { redis: watching, prefecture, keys, nowMs: life.world.nowMs };
  const found: string[] = [];
  let checks = 0;
  // Without a pause: not even a suspicion may arise.
  while (!isOver) {
    const { faults } = await checkStore(context, { most: 100 });
    found.push(...faults.map(({ text }) => text));
    checks += 1;
  }
  await load;
  expect(found).toEqual([]);
  expect(checks).toBeGreaterThan(3);
  expect(await drawNumber(redis)).toBeGreaterThan(1);
  const { faults } = await checkStore(context, { most: 100 });
  expect(faults).toEqual([]);
});

test('a fault is named while people join, answer and leave', async () => {
  const life = new DrawLife(redis);
  await life.begin();
  await redis.hincrby(keys.counts, 'served:renewal', 500);
  await redis.hset(keys.places, 's9', 1);
  const load = Promise.all(others.map((_, at) => people(life, at, 50)));
  const pause = async () => {
    await watching.ping();
  };
  const context = { redis: watching, prefecture, keys, nowMs: life.world.nowMs };
  const { faults } = await checkStore(context, { most: 100, pause });
  await load;
  const texts = faults.map(({ text }) => text);
  expect(texts).toContainEqual(expect.stringMatching(/^counts: served:renewal says 500/));
  expect(texts).toContain('slot s9 is not there and has places');
}, 60_000);
