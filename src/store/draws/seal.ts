import type { Entropy } from '../../allocator/types.ts';
import { recordInstant } from '../../base/instants.ts';
import type { DrawRecord, DrawStatistics } from '../../domain/draws/draw.ts';
import { registerLeaf, strengthMember } from '../../domain/register/leaf.ts';
import { keysOf } from '../core/keys.ts';
import { Script } from '../core/script.ts';
import { encodeDraw } from './codec.ts';
import type { IndexField } from './index.ts';
import { type StagedIndex, type StagedParts, stageIndex, stageParts } from './record-parts.ts';
import { type DrawPlace, StagedWord, step } from './steps.ts';

const sealDrawScript = new Script(
  'draws/seal-draw.lua',
  {
    keys: ['draw staged result register stagedIndex index'],
    args: ['json parts leaf fields'],
  },
  StagedWord,
);

/** What a draw comes to. Each part is gzipped, at most 1 MiB. */
export interface SealedResult {
  readonly entropy: Entropy;
  readonly seed: string;
  readonly outcomeHash: string;
  readonly statistics: DrawStatistics;
  readonly parts: Iterable<Buffer>;
  /** What answers questions about one entry (index.ts). */
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
  const of = { at: recordInstant(nowMs), draw: drawId };
  const strength = strengthMember(entropy);
  const leaf = registerLeaf({ ...of, kind: 'outcome', entropy, outcomeHash, seed, ...strength });
  let staged: StagedParts | undefined;
  let index: StagedIndex | undefined;
  return step(place, 'seal', async (next) => {
    index ??= await stageIndex(redis, prefecture, drawId, result.index);
    staged ??= await stageParts(redis, prefecture, drawId, result.parts);
    const draw: DrawRecord = { ...next, seed, outcomeHash, statistics, drawnAtMs: nowMs };
    const word = await sealDrawScript.run(
      redis,
      {
        draw: keys.draw(drawId),
        staged: staged.key,
        result: keys.drawResult(drawId),
        register: keys.registerLeaves,
        stagedIndex: index.key,
        index: keys.drawIndex(drawId),
      },
      { json: encodeDraw(draw), parts: staged.parts, leaf, fields: index.fields },
    );
    return { word, draw };
  });
}
