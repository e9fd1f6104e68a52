import { DomainError } from '../../base/errors.ts';
import { recordInstant } from '../../base/instants.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { isBuiltOn } from '../../domain/draws/reserves.ts';
import { voidStage } from '../../domain/draws/state.ts';
import { registerLeaf } from '../../domain/register/leaf.ts';
import { eventRest } from '../core/event-text.ts';
import { keysOf } from '../core/keys.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeDraw, encodeTypes } from './codec.ts';
import { type EndReason, readFreeze, trySupersede } from './end-plan.ts';
import { needDraw } from './read.ts';
import { type DrawPlace, tryStep } from './steps.ts';

const voidDrawScript = new Script(
  'draws/void-draw.lua',
  {
    keys: ['draw freezing before events activeDraw reserves unfinishedDraws', 'register'],
    args: ['drawId state ended json atMs now event leaf'],
  },
  WriteWord,
);

/**
 * Declares a draw void, from its freeze on and unless it is closed; a plan whose freeze has not begun is
 * superseded. A repeat keeps the first reason.
 *
 * @throws DomainError `draw_not_found`, `draw_settled`, also once later draws build on a part of it
 */
export function endDraw(place: DrawPlace, why: EndReason, nowMs: number): Promise<DrawRecord> {
  return retryOnConflict(`draw ${place.drawId}`, async () => {
    const draw = await needDraw(place.redis, place.prefecture, place.drawId);
    if (draw.state === 'superseded') return draw;
    const isPlan = draw.state === 'scheduled' && !(await readFreeze(place));
    return isPlan ? trySupersede(place, why, nowMs) : tryVoid(place, why, nowMs);
  });
}

function tryVoid(
  place: DrawPlace,
  { reason, agent }: EndReason,
  nowMs: number,
): Promise<DrawRecord | 'conflict'> {
  const { redis, prefecture, drawId } = place;
  const keys = keysOf(prefecture);
  const at = recordInstant(nowMs);
  const of = { at, kind: 'void', draw: drawId, reason, agent } as const;
  return tryStep(place, 'void', async (next, state) => {
    if (isBuiltOn(next)) {
      throw new DomainError(
        'draw_settled',
        'later draws build on this one: it can be void no more',
      );
    }
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
        reserves: keys.reserves,
        unfinishedDraws: keys.unfinishedDraws,
        register: keys.registerLeaves,
      },
      {
        drawId,
        state,
        ended: encodeTypes(next.ended),
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
