import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DrawLife, drawNumber, type Happening, happenings } from '../../support/draw-life.ts';
import { useRedis } from '../../support/redis.ts';

const redis = useRedis();

// Steps of draws come often, or no draw would ever get anywhere.
const often = ['step', 'step', 'step', 'step', 'accept', 'decline', 'refill', 'leave'] as const;
const names = [...often, ...(Object.keys(happenings) as Happening['what'][])]; // its own keys
const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...names),
  pick: fc.nat({ max: 1000 }),
});

/** The same stories every time: a failure may be seen again, and enough of them reach a draw. */
const seed = 7;

test('whatever happens, every place is free, idle or held, and every record replays', async () => {
  let drawn = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 20, maxLength: 60 }), async (story) => {
      await redis.flushdb();
      const life = new DrawLife(redis);
      await life.begin();
      for (const [at, next] of story.entries()) {
        await life.happen(next);
        const { free, idle, held } = await life.world.places();
        expect(free + idle + held, `places after ${at} ${next.what}`).toBe(life.capacity);
        expect(await life.world.faults(), `after ${at} ${next.what}`).toEqual([]);
      }
      expect(await life.disagreements()).toEqual([]);
      drawn += await drawNumber(redis);
    }),
    { numRuns: 25, seed },
  );
  expect(drawn).toBeGreaterThan(50);
}, 120_000);
