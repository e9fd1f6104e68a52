import { z } from 'zod';
import { registerLeaf, strengthOf } from '../allocator/register-leaf.ts';
import type { Entropy } from '../allocator/types.ts';
import { encodeDraw } from './codec-draw.ts';
import type { IndexField } from './draw-index.ts';
import { type DrawPlace, step } from './draws-steps.ts';
import { instantOf } from './event-text.ts';
import { keysOf } from './keys.ts';
import { type StagedIndex, type StagedParts, stageIndex, stageParts } from './record-parts.ts';
import { Script } from './script.ts';
import type { DrawRecord, DrawStatistics } from './types.ts';

const sealDrawScript = new Script('seal-draw.lua', z.enum(['done', 'moved', 'unstaged']));

/** What a draw comes to. Each part is gzipped, at most 1 MiB. */
export interface SealedResult {
  readonly entropy: Entropy;
  readonly seed: string;
  readonly outcomeHash: string;
  readonly statistics: DrawStatistics;
  readonly parts: Iterable<Buffer>;
  /** What answers questions about one entry (draw-index.ts). */
  readonly index: Iterable<IndexField>;
}

/** Stores the result: frozen → drawn, in one flip, for ever. Safe to repeat. */
export async function sealDraw(
  place: DrawPlace,
  result: SealedResult,
  nowMs: number,
): Promise<DrawRecord> {
  const { redis, prefecture, drawId } = place;
  const keys = keysOf(prefecture);
  const { entropy, seed, outcomeHash, statistics } = result;
  const of = { at: instantOf(nowMs), draw: drawId };
  const strength = strengthOf(entropy);
  const leaf = registerLeaf({ ...of, kind: 'outcome', entropy, outcomeHash, seed, ...strength });
  let staged: StagedParts | undefined;
  let index: StagedIndex | undefined;
  return step(place, 'seal', async (next) => {
    index ??= await stageIndex(redis, prefecture, drawId, result.index);
    staged ??= await stageParts(redis, prefecture, drawId, result.parts);
    const draw: DrawRecord = { ...next, seed, outcomeHash, statistics, drawnAtMs: nowMs };
    const word = await sealDrawScript.run(
      redis,
      [
        ...[keys.draw(drawId), staged.key, keys.drawResult(drawId), keys.registerLeaves],
        ...[index.key, keys.drawIndex(drawId)],
      ],
      [encodeDraw(draw), staged.parts, leaf, index.fields],
    );
    return { word, draw };
  });
}
