import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openSeries } from '#src/allocator/record/series.ts';
import { createVerifier } from '#src/allocator/record/verify.ts';
import { DomainError } from '#src/base/errors.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import { nodeSha256 } from '#src/store/core/node-sha256.ts';
import { closeSlots } from '#src/usecases/closures/plan.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { keepDraw } from '../../../scripts/verify/observed.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { addSlots, addWaiting, hourMs, openHouse, prefecture } from '../../support/house.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs, samplePrefecture } from '../../support/samples.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());

const types = ['a', 'b'];
const rules = { ageing: { guaranteeAfter: 1, guaranteeRest: 2 } } as const;
const pick = fc.nat(1000);
const requestType = fc.constantFrom(...types);
/** A draw, with who comes before it and where there is room. */
const draw = fc.record({
  what: fc.constant('draw' as const),
  of: fc.option(fc.subarray(types, { minLength: 1 }), { nil: undefined, freq: 1 }),
  joins: fc.array(fc.record({ requestType, people: fc.constantFrom(1, 1, 2, 3) }), {
    maxLength: 4,
  }),
  slots: fc.array(
    fc.record({
      requestTypes: fc.subarray(types, { minLength: 1 }),
      capacity: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
const act = fc.record({
  what: fc.constantFrom(
    ...(['accept', 'decline', 'cancel', 'revoke', 'leave', 'void', 'days', 'pause'] as const),
    ...(['accept', 'decline', 'accept', 'decline', 'revoke', 'close', 'close'] as const),
  ),
  pick,
});
const happening = fc.oneof({ weight: 2, arbitrary: draw }, { weight: 5, arbitrary: act });
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** Nobody is woken: the sweep comes after each happening. */
const asking = {
  store,
  waker: { soon: () => undefined, close: async () => undefined },
  logger: house.deps.logger,
};

/** What was made in one run. */
class Run {
  readonly entries: string[] = [];
  readonly draws: string[] = [];
  slots = 0;

  async happen(one: Happening): Promise<void> {
    time.nowMs += hourMs;
    world.nowMs = time.nowMs;
    try {
      await this.#do(one);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    await sweep(house.steps(), prefecture);
  }

  async #do(one: Happening): Promise<void> {
    if (one.what !== 'draw') return this.#act(one.what, one.pick);
    for (const { requestType, people } of one.joins) {
      const id = `e${this.entries.length}`;
      const since = await store.draws.latestNumber(prefecture);
      await addWaiting(store, id, { requestType, since, ...partyOf(id, people) });
      this.entries.push(id);
    }
    for (const slot of one.slots) {
      const start = '2027-03-01T09:00:00+01:00';
      await addSlots(store, [{ id: `s${this.slots++}`, start, ...slot }]);
    }
    const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1', one.of);
    this.draws.push(id);
    await advanceDraws(house.steps(), prefecture);
  }

  async #act(what: string, which: number): Promise<void> {
    const at = time.nowMs;
    if (what === 'days') {
      time.nowMs += 5 * 24 * hourMs;
    } else if (what === 'pause') {
      const { paused } = (await store.prefectures.get(prefecture)) ?? {};
      if (paused) await store.prefectures.resume(prefecture, at);
      else await store.prefectures.pause(prefecture, 'r', at);
    } else if (what === 'leave') {
      await store.entries.leave(prefecture, oneOf(this.entries, which) ?? '', 'withdraw', at);
    } else if (what === 'void') {
      const id = oneOf(this.draws, which) ?? '';
      await store.draws.void(prefecture, id, { reason: 'wrong', agent: 'k1' }, at);
      await advanceDraws(house.steps(), prefecture);
    } else if (what === 'close') {
      if (this.slots === 0) return;
      const found = await store.prefectures.get(prefecture);
      const wish = { cause: 'strike', scope: { slots: [`s${which % this.slots}`] } } as const;
      if (found) await closeSlots(asking, found, wish, { agent: 'k1', nowMs: at });
    } else await this.#answer(what, which);
  }

  async #answer(what: string, which: number): Promise<void> {
    const offers = await this.offers();
    const pending = offers.filter(({ state }) => state === 'pending');
    const booked = offers.filter(({ appointment }) => appointment === 'booked');
    const idOf = (some: OfferRecord[]) => {
      const offer = oneOf(some, which);
      return offer ? `${offer.draw}.${offer.entry}` : '';
    };
    const at = time.nowMs;
    const { offers: all } = store;
    if (what === 'cancel') await all.cancel(prefecture, idOf(booked), at);
    else if (what === 'revoke') {
      await all.revoke(prefecture, idOf([...booked, ...pending]), { cause: 'illness' }, at);
    } else if (what === 'accept' || what === 'decline') {
      await all.settle(prefecture, idOf(pending), what, at);
    }
  }

  async offers(): Promise<OfferRecord[]> {
    const pages = await Promise.all(
      this.draws.map((id) => store.offers.list(prefecture, id, { limit: 1000 })),
    );
    return pages.flatMap((page) => page.offers);
  }
}

/** A household as it is stored: each of them has an identity. */
function partyOf(id: string, people: number) {
  if (people === 1) return {};
  const others = Array.from({ length: people - 1 }, (_, at) => `${id}.${at}`.padEnd(22, '-'));
  return { party: people, otherIdentities: others };
}

const oneOf = <Value>(some: readonly Value[], which: number) =>
  some[which % Math.max(1, some.length)];

/** What the records that the service wrote say together, as `npm run verify -- --series` reads them. */
async function checkSeries(draws: readonly string[], met: Record<string, number>) {
  const series = openSeries([]);
  for (const id of draws) {
    const draw = await store.draws.get(prefecture, id);
    if (!draw?.manifest) continue;
    const observer = keepDraw();
    const verifier = createVerifier({ sha256: nodeSha256, now: '2999-01-01T00:00:00Z', observer });
    const parts = await Array.fromAsync(store.draws.record(prefecture, id));
    const lines =
      Buffer.concat(parts)
        .toString('utf8')
        .match(/[^\n]*\n/g) ?? [];
    for (const line of lines) if (!verifier.push(line)) break;
    expect([id, verifier.end()]).toMatchObject([id, { verdict: 'verified' }]);
    if (draw.state === 'void') continue;
    const { draw: drawn, events } = observer.checked();
    for (const { event } of events) met[event.type] = (met[event.type] ?? 0) + 1;
    series.see({ ...drawn, events });
  }
  return series.summary();
}

test('whatever happens, what each draw says of misses, amends and rests follows from those before', async () => {
  const met: Record<string, number> = {};
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 20, maxLength: 40, size: 'max' }),
      async (happenings) => {
        await redis.flushdb();
        time.nowMs = sampleNowMs;
        const sample = samplePrefecture();
        const requestTypes = types.flatMap((id) =>
          sample.requestTypes.map((type) => ({ ...type, id, partyMax: 6 })),
        );
        await store.prefectures.create(prefecture, { ...sample, requestTypes, rules });
        const run = new Run();
        for (const one of happenings) {
          await run.happen(one);
        }
        expect(await world.faults()).toEqual([]);
        compared += (await checkSeries(run.draws, met)).compared;
      },
    ),
    { numRuns: 25 },
  );
  // What happens is drawn at random, but not all of it can be missing.
  expect(compared).toBeGreaterThan(20);
  for (const type of ['offered', 'declined', 'expired', 'revoked', 'closed', 'refilled']) {
    expect([type, met[type] ?? 0]).toEqual([type, expect.toSatisfy((count) => count > 0)]);
  }
}, 120_000);
