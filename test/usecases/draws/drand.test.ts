import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drandTimeOf, QUICKNET } from '#src/allocator/entropy/drand.ts';
import { drandEntropy } from '#src/identity/entropy/drand.ts';
import { DrandRelays } from '#src/identity/entropy/drand-relays.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { createDrawScheduler } from '#src/usecases/draws/scheduler.ts';
import {
  addSlots,
  addWaiting,
  createPrefecture,
  openHouse,
  prefecture,
} from '../../support/house.ts';
import { recordVerdict } from '../../support/record-verdict.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { MANNERS, type Manner, openRelay, ROUNDS } from '../../support/relays.ts';

useRedis();
const { chain } = QUICKNET;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const relay of opened.splice(0)) await relay.close();
});

async function relaysOf(manners: readonly Manner[], timeoutMs = 150) {
  const all = await Promise.all(manners.map(openRelay));
  opened.push(...all);
  const faults: string[] = [];
  const onFault = (host: string, fault: string) => {
    const at = all.findIndex(({ url }) => url.endsWith(host));
    faults.push(`${at} ${fault}`);
  };
  const relays = all.map(({ url }) => url);
  const asked = new DrandRelays({ relays, chain, sha256: nodeSha256, onFault, timeoutMs });
  return { all, faults, asked };
}

describe('relays', () => {
  test.each([123, 1000])('round %i is taken from a relay that proves it', async (round) => {
    const { asked, all, faults } = await relaysOf([MANNERS.good]);
    expect(await asked.ask(round)).toEqual(ROUNDS[round]);
    expect(all[0]?.asked).toEqual([`/${chain}/public/${round}`]);
    expect(faults).toEqual([]);
  });

  test.each([
    ['down', 'unreachable'],
    ['hangs', 'timeout'],
    ['hangsHalfway', 'timeout'],
    ['refuses', 'status'],
    ['redirects', 'status'],
    ['noJson', 'malformed'],
    ['noRound', 'malformed'],
    ['endless', 'too_large'],
    ['otherRound', 'other_round'],
    ['renamedRound', 'unverified'],
    ['otherRandomness', 'unverified'],
  ] as const)('one that %s is passed over: %s', async (manner, fault) => {
    const alone = await relaysOf([MANNERS[manner]]);
    expect(await alone.asked.ask(1000)).toBeUndefined();
    expect(alone.faults).toEqual([`0 ${fault}`]);
    const both = await relaysOf([MANNERS[manner], MANNERS.good], 5000);
    expect(await both.asked.ask(1000)).toEqual(ROUNDS[1000]);
  });

  test('those who ask for one round at once share one question', async () => {
    const { asked, all } = await relaysOf([MANNERS.good]);
    await Promise.all(Array.from({ length: 20 }, () => asked.ask(123)));
    expect(all[0]?.asked).toHaveLength(1);
  });
});

describe('a draw tied to drand', () => {
  const house = openHouse({ redisUrl: redisUrl() });
  const { store, time, deps } = house;
  afterAll(() => house.close());

  // 10 seconds to publish and 30 of margin before round 1000.
  beforeEach(async () => {
    time.nowMs = (drandTimeOf(1000) - 41) * 1000;
    await createPrefecture(store);
    await addSlots(store, [{ id: 's1', capacity: 2 }]);
    for (const id of ['e1', 'e2', 'e3']) await addWaiting(store, id);
  });

  const worldOf = async (manners: readonly Manner[]) => {
    const { asked, all } = await relaysOf(manners, 5000);
    const entropy = drandEntropy({ relays: asked, marginSeconds: 30, clock: deps.clock });
    const { id } = await createDrawScheduler({ ...deps, entropy }).scheduleOnce(
      prefecture,
      time.nowMs,
      'agent1',
    );
    const draw = async () => {
      const found = await store.draws.get(prefecture, id);
      if (!found) throw new Error('no draw');
      return found;
    };
    return { id, all, entropy, draw };
  };
  const metric = async () =>
    (await deps.metrics.entropyWait.get()).values.map(({ value }) => value);

  test('waits for the round of its manifest, then its record verifies', async () => {
    const { id, entropy, draw, all } = await worldOf([MANNERS.otherRound, MANNERS.good]);
    expect((await draw()).entropy).toEqual({ source: 'drand', chain });
    const steps = house.steps({ entropy });
    await advanceDraws(steps, prefecture);
    expect(await draw()).toMatchObject({ state: 'frozen' });
    expect((await draw()).manifest?.entropy).toEqual({ source: 'drand', chain, round: 1000 });
    time.nowMs = drandTimeOf(1000) * 1000;
    await advanceDraws(steps, prefecture);
    expect(all.flatMap(({ asked }) => asked)).toEqual([]);
    time.nowMs += 1000;
    await advanceDraws(steps, prefecture);
    expect((await draw()).state).toBe('published');
    const verdict = { verdict: 'verified', entropy: 'drand', winners: 2 };
    expect(await recordVerdict(store, id)).toMatchObject(verdict);
  });

  test('waits while all relays fail, asks for no other round, and goes on when one recovers', async () => {
    const { entropy, draw, all } = await worldOf([MANNERS.otherRound, MANNERS.down]);
    const steps = house.steps({ entropy });
    await advanceDraws(steps, prefecture);
    time.nowMs = (drandTimeOf(1000) + 61) * 1000;
    await house.queues.draws.drain(true);
    await advanceDraws(steps, prefecture);
    time.nowMs += 60_000;
    await advanceDraws(steps, prefecture);
    expect((await draw()).state).toBe('frozen');
    expect(await metric()).toEqual([120]);
    const jobs = await house.queues.draws.getDelayed();
    expect(jobs.map(({ delay }) => delay > 0 && delay <= 60_000)).toEqual([true, true]);
    all[1]?.turn(MANNERS.good);
    await advanceDraws(steps, prefecture);
    expect((await draw()).state).toBe('published');
    expect(await metric()).toEqual([0]);
    const rounds = new Set(all.flatMap(({ asked }) => asked.map((url) => url.split('/').at(-1))));
    expect([...rounds]).toEqual(['1000']);
  });

  test('chooses its round again when publishing took too long, and publishes only that', async () => {
    const { id, entropy, draw } = await worldOf([MANNERS.good]);
    const rounds: unknown[] = [];
    const slow: typeof entropy = {
      ...entropy,
      declare: (of, nowMs) => {
        const declared = entropy.declare(of, nowMs);
        rounds.push('round' in declared.entropy && declared.entropy.round);
        time.nowMs += 300_000;
        // As if it had taken longer than that: by the clock of Redis it is over.
        return rounds.length < 3 ? { ...declared, withinMs: -1 } : declared;
      },
    };
    await advanceDraws(house.steps({ entropy: slow }), prefecture);
    expect(rounds).toEqual([1000, 1100, 1200]);
    expect((await draw()).manifest?.entropy).toMatchObject({ round: 1200 });
    const text = Buffer.concat(await Array.fromAsync(store.draws.record(prefecture, id)));
    expect(text.toString().match(/"round":\d+/g)).toEqual(['"round":1200']);
  });
});
