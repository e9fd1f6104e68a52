import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './median.ts';

const run = promisify(execFile);

export interface AllocatorFigures {
  readonly entries: number;
  /** One entry in ten is a party, and the draw is one of lottery/v2. */
  readonly hasParties: boolean;
  readonly winners: number;
  /** Medians over the rounds. */
  readonly drawSeconds: number;
  readonly floorSeconds: number;
  /** Median draw time over median floor: hashing every leaf, inner node and first ticket once. */
  readonly ratioToFloor: number;
  /** Resident memory of the whole process that drew, the pool it drew from included. */
  readonly peakMebibytes: number;
}

/** Measures draws of one size in a process of their own. */
export async function benchAllocator(
  entries = 100_000,
  rounds = 5,
  hasParties = false,
): Promise<AllocatorFigures> {
  const script = fileURLToPath(new URL('./allocator-run.ts', import.meta.url));
  const { stdout } = await run(process.execPath, [
    script,
    `${entries}`,
    `${rounds}`,
    hasParties ? 'parties' : 'singles',
  ]);
  const { drawMs, floorMs, peakBytes, winners } = JSON.parse(stdout);
  const drawSeconds = median(drawMs) / 1000;
  const floorSeconds = median(floorMs) / 1000;
  return {
    entries,
    hasParties,
    winners,
    drawSeconds,
    floorSeconds,
    ratioToFloor: drawSeconds / floorSeconds,
    peakMebibytes: peakBytes / 2 ** 20,
  };
}

/** One line for people. */
export function describeAllocator(figures: AllocatorFigures): string {
  const { entries, hasParties, winners, drawSeconds, floorSeconds, ratioToFloor } = figures;
  const { peakMebibytes } = figures;
  return (
    `draw of ${entries} entries${hasParties ? ', one in ten a party' : ''}, ${winners} seated: ${drawSeconds.toFixed(2)} s, ` +
    `${ratioToFloor.toFixed(2)} times the hashing floor (${floorSeconds.toFixed(2)} s), ` +
    `peak ${peakMebibytes.toFixed(0)} MiB`
  );
}
if (import.meta.main) {
  const [entries, rounds] = process.argv.slice(2, 4).map(Number);
  const hasParties = process.argv[4] === 'parties';
  console.log(describeAllocator(await benchAllocator(entries, rounds, hasParties)));
}
