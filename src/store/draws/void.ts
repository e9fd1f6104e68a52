import type { DrawRecord } from '../../domain/draws/draw.ts';
import { voidStage } from '../../domain/draws/state.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import { eventRest, instantOf } from '../core/event-text.ts';
import { keysOf } from '../core/keys.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeDraw } from './codec.ts';
import { type DrawPlace, step } from './steps.ts';

const voidDrawScript = new Script(
  'draws/void-draw.lua',
  {
    keys: ['draw freezing before events activeDraw currentDraw unfinishedDraws', 'register'],
    args: ['drawId state json atMs now event leaf'],
  },
  WriteWord,
);

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
      {
        draw: keys.draw(drawId),
        freezing: keys.freezing,
        before: keys.before,
        events: keys.drawEvents(drawId),
        activeDraw: keys.activeDraw,
        currentDraw: keys.currentDraw,
        unfinishedDraws: keys.unfinishedDraws,
        register: keys.registerLeaves,
      },
      {
        drawId,
        state,
        json: encodeDraw(draw),
        atMs: draw.atMs,
        now: at,
        event: eventRest({ type: 'void' }),
        leaf,
      },
    );
    return { word, draw };
  });
}
