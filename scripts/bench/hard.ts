import { allocateRanked } from '../../src/allocator/draw/draw.ts';
import { hardPools } from './hard-pools.ts';
import { median } from './median.ts';

const SMALL = 20_000;
const TIMES = 10;
const ROUNDS = 3;

/** Measures drawing and seating where that is hard, at two sizes: a line for each case. */
export function benchHard(say: (line: string) => void): string {
  const lines = Object.entries(hardPools).map(([name, create]) => {
    const [small, large] = [SMALL, TIMES * SMALL].map((count) => {
      const { entries, slots } = create(count);
      const seconds: number[] = [];
      let winners = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const startMs = performance.now();
        winners = allocateRanked(entries, slots, {}).length;
        seconds.push((performance.now() - startMs) / 1000);
      }
      say(`${name}: ${count} entries, ${winners} seated, ${median(seconds).toFixed(2)} s`);
      return { winners, seconds: median(seconds) };
    });
    const growth = (large?.seconds ?? 0) / (small?.seconds ?? Number.NaN);
    return (
      `hard case, ${name}: ${TIMES * SMALL} entries, ${large?.winners} seated in ` +
      `${large?.seconds.toFixed(2)} s; ${growth.toFixed(1)} times as long as a pool a tenth as large`
    );
  });
  return lines.join('\n');
}
