import { recordInstant } from '../../base/instants.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import type { SkipReason } from '../../domain/draws/state.ts';
import { type RegisterLeaf, registerLeaf } from '../../domain/register/leaf.ts';
import { keysOf } from '../core/keys.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeDraw } from './codec.ts';
import { type DrawPlace, Freezing, step, tryStep } from './steps.ts';

/** Who gives a draw up, and why. Both are public. */
export interface EndReason {
  readonly reason: string;
  readonly agent: string;
}

const endPlanScript = new Script(
  'draws/end-plan.lua',
  {
    keys: ['draw freezing before events activeDraw unfinishedDraws register'],
    args: ['drawId state begun json atMs leaf'],
  },
  WriteWord,
);

/** Whether the freeze of a draw is under way, and since when. */
export async function readFreeze({ redis, prefecture, drawId }: DrawPlace) {
  const { freezing } = keysOf(prefecture);
  const [draw, number, frozenAtMs] = Freezing.parse(
    await redis.hmget(freezing, 'draw', 'number', 'at'),
  );
  return draw === drawId ? { number, frozenAtMs } : undefined;
}

/**
 * Tries to end the plan of a draw whose freeze has not begun: it is superseded, in public. A repeat keeps
 * the first reason. `conflict`: its freeze has begun meanwhile.
 */
export function trySupersede(
  place: DrawPlace,
  { reason, agent }: EndReason,
  nowMs: number,
): Promise<DrawRecord | 'conflict'> {
  const leaf = {
    at: recordInstant(nowMs),
    kind: 'superseded',
    draw: place.drawId,
    reason,
    agent,
  } as const;
  return tryStep(place, 'supersede', async (next) => {
    const draw: DrawRecord = { ...next, superseded: { atMs: nowMs, reason, agent } };
    return { word: await endPlan(place, draw, leaf, ''), draw };
  });
}

/**
 * Notes that a draw is not held, in public. Where its freeze has begun, its places are still to be given
 * back (`unwindDraw`). A repeat keeps the first reason.
 */
export function skipDraw(place: DrawPlace, reason: SkipReason, nowMs: number): Promise<DrawRecord> {
  const leaf = { at: recordInstant(nowMs), kind: 'skipped', draw: place.drawId, reason } as const;
  return step(place, 'skip', async (next) => {
    const freeze = await readFreeze(place);
    // The number is used up: entries may wait from it on.
    const draw: DrawRecord = { ...next, ...freeze, skipped: { atMs: nowMs, reason } };
    return { word: await endPlan(place, draw, leaf, freeze ? '1' : ''), draw };
  });
}

function endPlan(
  { redis, prefecture, drawId }: DrawPlace,
  draw: DrawRecord,
  leaf: RegisterLeaf,
  begun: '1' | '',
): Promise<WriteWord> {
  const keys = keysOf(prefecture);
  return endPlanScript.run(
    redis,
    {
      draw: keys.draw(drawId),
      freezing: keys.freezing,
      before: keys.before,
      events: keys.drawEvents(drawId),
      activeDraw: keys.activeDraw,
      unfinishedDraws: keys.unfinishedDraws,
      register: keys.registerLeaves,
    },
    {
      drawId,
      state: draw.state,
      begun,
      json: encodeDraw(draw),
      atMs: draw.atMs,
      leaf: registerLeaf(leaf),
    },
  );
}
