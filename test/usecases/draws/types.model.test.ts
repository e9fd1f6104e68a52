import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { DomainError } from '#src/base/errors.ts';
import type { OfferRecord } from '#src/domain/offers/offer.ts';
import { advanceDraws } from '#src/usecases/draws/advance.ts';
import { sweep } from '#src/usecases/offers/sweep.ts';
import { linesOf } from '../../support/draw-samples.ts';
import { DrawWorld } from '../../support/draw-world.ts';
import { addSlots, addWaiting, hourMs, openHouse, prefecture } from '../../support/house.ts';
import { recordVerdict } from '../../support/record-verdict.ts';
import { redisUrl, useRedis } from '../../support/redis.ts';
import { sampleNowMs } from '../../support/samples.ts';
import { createTypes } from '../../support/types.ts';

const redis = useRedis();
const house = openHouse({ redisUrl: redisUrl() });
const { store, time, scheduler } = house;
const world = new DrawWorld(house.redis);
afterAll(() => house.close());

const types = ['a', 'b', 'c'];
const someTypes = fc.subarray(types, { minLength: 1 });
const pick = fc.nat(1000);
const happening = fc.oneof(
  fc.record({ what: fc.constant('join' as const), of: fc.constantFrom(...types) }),
  fc.record({ what: fc.constant('slot' as const), of: someTypes }),
  fc.record({ what: fc.constant('draw' as const), of: fc.option(someTypes, { nil: undefined }) }),
  fc.record({ what: fc.constantFrom('decline' as const, 'leave' as const, 'void' as const), pick }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** What was made in one run, and how many places there are. */
class Run {
  readonly entries: string[] = [];
  readonly draws: string[] = [];
  places = 0;

  async happen(one: Happening): Promise<void> {
    time.nowMs += hourMs;
    try {
      if (one.what === 'join') await this.#join(one.of);
      else if (one.what === 'slot') await this.#slot(one.of);
      else if (one.what === 'draw') await this.#draw(one.of);
      else await this.#undo(one.what, one.pick);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    await sweep(house.steps(), prefecture);
  }

  async #join(requestType: string): Promise<void> {
    const id = `e${this.entries.length}`;
    await addWaiting(store, id, { requestType });
    this.entries.push(id);
  }

  async #slot(requestTypes: readonly string[]): Promise<void> {
    const start = '2027-03-01T09:00:00+01:00';
    await addSlots(store, [{ id: `s${this.places}`, requestTypes, capacity: 2, start }]);
    this.places += 2;
  }

  async #draw(requestTypes: readonly string[] | undefined): Promise<void> {
    const { id } = await scheduler.scheduleOnce(prefecture, time.nowMs, 'agent1', requestTypes);
    this.draws.push(id);
    await advanceDraws(house.steps(), prefecture);
  }

  async #undo(what: 'decline' | 'leave' | 'void', which: number): Promise<void> {
    if (what === 'leave') {
      const id = this.entries[which % Math.max(1, this.entries.length)] ?? '';
      await store.entries.leave(prefecture, id, 'withdraw', time.nowMs);
    } else if (what === 'void') {
      const id = this.draws[which % Math.max(1, this.draws.length)] ?? '';
      await store.draws.void(prefecture, id, { reason: 'wrong', agent: 'k1' }, time.nowMs);
      await advanceDraws(house.steps(), prefecture);
    } else {
      const pending = (await this.offers()).filter(({ state }) => state === 'pending');
      const offer = pending[which % Math.max(1, pending.length)];
      if (!offer) return;
      const id = `${offer.draw}.${offer.entry}`;
      await store.offers.settle(prefecture, id, 'decline', time.nowMs);
    }
  }

  async offers(): Promise<OfferRecord[]> {
    const pages = await Promise.all(
      this.draws.map((id) => store.offers.list(prefecture, id, { limit: 1000 })),
    );
    return pages.flatMap((page) => page.offers);
  }

  /** Draws that count, in which an entry could have come to a slot, and whose list for its type has ended. */
  async missable(entry: string, requestType: string): Promise<number> {
    const draws = await Promise.all(this.draws.map((id) => store.draws.get(prefecture, id)));
    const over = draws.filter(
      (draw) => draw?.state !== 'void' && draw?.ended?.includes(requestType),
    );
    const pools = await Promise.all(
      over.map((draw) => store.draws.input(prefecture, draw?.id ?? '')),
    );
    // Without availability or party, an entry could come to any slot that serves its type.
    const isIn = (lines: readonly unknown[]) =>
      lines.some((line) => JSON.stringify(line).includes(`"id":"${entry}","kind":"entry"`)) &&
      lines.some((line) =>
        (line as { requestTypes?: string[] }).requestTypes?.includes(requestType),
      ); // slots
    return pools.filter((parts) => isIn(linesOf(parts))).length;
  }
}

test('whatever draws of whatever types come: places are conserved, each miss is counted once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 8, maxLength: 22 }), async (happenings) => {
      await redis.flushdb();
      time.nowMs = sampleNowMs;
      await createTypes(store, types);
      const run = new Run();
      for (const one of happenings) await run.happen(one);
      expect(await world.faults()).toEqual([]);
      const { free, idle, held } = await world.places();
      expect(free + idle + held).toBe(run.places);
      const offered = new Set((await run.offers()).map(({ entry }) => entry));
      for (const id of run.entries) {
        const { state, missed, requestType } = await world.entry(id);
        const most = await run.missable(id, requestType);
        if (state === 'waiting' && !offered.has(id)) expect([id, missed]).toEqual([id, most]);
        else expect(missed).toBeLessThanOrEqual(most);
      }
      for (const id of run.draws) {
        const draw = await store.draws.get(prefecture, id);
        if (!draw?.outcomeHash) continue;
        expect(await recordVerdict(store, id)).toMatchObject({ verdict: 'verified' });
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);
