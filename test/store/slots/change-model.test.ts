import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideSlotChange,
  decideSlotRemoval,
  isFreeSlot,
  type SlotDecision,
  type SlotStanding,
} from '#src/domain/slots/change.ts';
import { plannedPlaces } from '#src/domain/slots/slot.ts';
import { keysOf } from '#src/store/core/keys.ts';
import { DrawLife, drawNumber, type Happening, happenings } from '../../support/draw-life.ts';
import { prefecture } from '../../support/draw-samples.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();

/** The same stories every time: a failure may be seen again, and enough of them reach a draw. */
const seed = 11;

// A draw's steps and changes of slots come often. What is freed goes to nobody here: a record goes on
// naming people for places that were taken out (test/usecases/offers/refill.test.ts).
const { refill: _, ...others } = happenings;
const often = ['step', 'step', 'step', 'import', 'accept', 'decline'] as const;
const names = [...often, ...(Object.keys(others) as Happening['what'][])]; // its own keys
const act = fc.oneof(
  fc.record({ what: fc.constantFrom(...names), pick: fc.nat(1000) }),
  fc.record({
    what: fc.constantFrom('change', 'remove', 'lower', 'lower'),
    pick: fc.nat(1000),
    capacity: fc.nat(3),
  }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** One of the slots; to be lowered, one that a draw has or had, if there is any. */
async function pickSlot(life: DrawLife, { what, pick }: Act): Promise<string> {
  const ids = (await redis.hkeys(keysOf(prefecture).slots)).sort();
  const standings = await life.world.store.slots.standings(prefecture, ids);
  const taken = standings.flatMap((one) => (one && !isFreeSlot(one) ? [one.slot.id] : []));
  const among = what === 'lower' ? taken : ids;
  return among[pick % Math.max(1, among.length)] ?? 'none';
}

function decide(what: Act['what'], capacity: number, standing: SlotStanding): SlotDecision {
  const planned = plannedPlaces(standing.slot);
  if (what === 'remove') return decideSlotRemoval(standing);
  if (what === 'lower') return decideSlotChange(standing, { capacity: Math.max(0, planned - 1) });
  // No use case leaves a slot without places that no draw has.
  return decideSlotChange(standing, { capacity: capacity + 1, site: 'antony' });
}

async function perform(life: DrawLife, next: Act): Promise<string> {
  if (!('capacity' in next)) return life.happen(next).then(() => 'done');
  const { slots } = life.world.store;
  const id = await pickSlot(life, next);
  const before = await slots.get(prefecture, id);
  const { outcome } = await slots.change(prefecture, id, (standing) =>
    decide(next.what, next.capacity, standing),
  );
  const after = await slots.get(prefecture, id);
  life.capacity += (after ? plannedPlaces(after) : 0) - (before ? plannedPlaces(before) : 0);
  if (outcome !== 'done') expect(after).toEqual(before);
  return (after?.lowered ?? 0) > (before?.lowered ?? 0) ? 'lowered' : outcome;
}

test('whatever is changed, taken out or lowered beside draws, no place is lost or given twice', async () => {
  let drawn = 0;
  const outcomes = new Map<string, number>();
  const acts = fc.array(act, { minLength: 20, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(acts, async (story) => {
      await redis.flushdb();
      const life = new DrawLife(redis);
      await life.begin();
      await life.addSlot(3);
      // A published draw that has places left.
      for (let at = 0; at < 4; at += 1) await life.step(0);
      for (const [at, next] of story.entries()) {
        const outcome = await perform(life, next);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        const { free, idle, held } = await life.world.places();
        expect(free + idle + held, `places after ${at} ${next.what}`).toBe(life.capacity);
        expect(await life.world.faults(), `after ${at} ${next.what}`).toEqual([]);
      }
      drawn += await drawNumber(redis);
    }),
    { numRuns: 12, seed },
  );
  expect(drawn).toBeGreaterThan(12);
  for (const word of ['done', 'frozen', 'lowered']) {
    expect(outcomes.get(word) ?? 0, word).toBeGreaterThan(3);
  }
}, 120_000);
