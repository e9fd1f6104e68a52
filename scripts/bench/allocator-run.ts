import { allocate, outcomeHash } from '../../src/allocator/draw/draw.ts';
import { buildManifest, entryLeaf, seedOf } from '../../src/allocator/record/manifest.ts';
import type { Entry } from '../../src/allocator/types.ts';
import { nodeSha256 } from '../../src/store/core/node-sha256.ts';
import { createPool, type Pool } from './pool.ts';

// One process for one size, so that its peak memory is that of this draw: prints one JSON object.
const hasParties = process.argv[4] === 'parties';
const pool = createPool(Number(process.argv[2]), hasParties);
const rounds = Number(process.argv[3]);
const drawMs: number[] = [];
const floorMs: number[] = [];
let winners = 0;
let peakBytes = 0;
for (let round = 0; round < rounds; round++) {
  drawMs.push(timeMs(() => (winners = drawOnce(pool))));
  // The peak of one draw: those that follow begin among the garbage of the ones before.
  if (round === 0) peakBytes = process.resourceUsage().maxRSS * 1024;
}
const leaves = pool.entries.map((entry) => Buffer.from(entryLeaf(entry)));
for (let round = 0; round < rounds; round++) {
  floorMs.push(timeMs(() => hashFloor(pool.entries, leaves)));
}
process.stdout.write(`${JSON.stringify({ drawMs, floorMs, peakBytes, winners })}\n`);

/** Everything from the frozen pool to the hash of the outcome. */
function drawOnce({ entries, slots, rules }: Pool): number {
  const manifest = buildManifest(
    {
      algorithm: hasParties ? 'lottery/v2' : 'lottery/v1',
      draw: 'bench',
      prefecture: '92',
      frozenAt: '2026-11-23T00:00:00Z',
      rules,
      entries,
      slots,
      entropy: { source: 'operator', commitment: '0'.repeat(64) },
    },
    nodeSha256,
  );
  const seed = seedOf(manifest, '1'.repeat(64), nodeSha256);
  const result = allocate({ entries, slots, rules, seed }, nodeSha256);
  outcomeHash(result.winners, nodeSha256);
  return result.winners.length;
}

/** What no implementation can do without: each leaf, each inner node, each first ticket, hashed. */
function hashFloor(entries: readonly Entry[], leaves: readonly Buffer[]): void {
  const node = new Uint8Array(65);
  const seed = '2'.repeat(64);
  for (const leaf of leaves) nodeSha256.hex(leaf);
  for (let index = 1; index < leaves.length; index++) nodeSha256.hex(node);
  for (const { id } of entries) nodeSha256.hex(`${seed}:${id}:0`);
}

function timeMs(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
