import { z } from 'zod';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { voidStage } from '../../domain/draws/state.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import { eventRest, instantOf } from '../core/event-text.ts';
import { keysOf } from '../core/keys.ts';
import { Script } from '../core/script.ts';
import { encodeDraw } from './codec.ts';
import { type DrawPlace, step } from './steps.ts';

const voidDrawScript = new Script('draws/void-draw.lua', z.enum(['done', 'moved']));

/** Who declares a draw void, and why. Both are public. */
export interface VoidReason {
  readonly reason: string;
  readonly agent: string;
}

/** Declares a draw void, from any state but closed. A repeat keeps the first reason. */
export function voidDraw(
  place: DrawPlace,
  { reason, agent }: VoidReason,
  nowMs: number,
): Promise<DrawRecord> {
  const { redis, prefecture, drawId } = place;
  const keys = keysOf(prefecture);
  const at = instantOf(nowMs);
  const of = { at, kind: 'void', draw: drawId, reason, agent } as const;
  return step(place, 'void', async (next, state) => {
    const leaf = registerLeaf({ ...of, stage: voidStage(next) });
    const draw: DrawRecord = { ...next, voided: { atMs: nowMs, reason, agent } };
    const word = await voidDrawScript.run(
      redis,
      [
        keys.draw(drawId),
        keys.freezing,
        keys.before,
        keys.drawEvents(drawId),
        keys.activeDraw,
        keys.currentDraw,
        keys.unfinishedDraws,
        keys.registerLeaves,
      ],
      [drawId, state, encodeDraw(draw), draw.atMs, at, eventRest({ type: 'void' }), leaf],
    );
    return { word, draw };
  });
}
