import { z } from 'zod';
import { recordInstant } from '../../base/instants.ts';
import type { DrawRecord } from '../../domain/draws/draw.ts';
import { registerLeaf, strengthMember } from '../../domain/register/leaf.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { Script } from '../core/script.ts';
import { encodeDraw } from './codec.ts';

const ScheduleOutcome = z.enum(['scheduled', 'exists', 'not_void', 'repeated']);
export type ScheduleOutcome = z.infer<typeof ScheduleOutcome>;

const scheduleDrawScript = new Script(
  'draws/schedule-draw.lua',
  {
    keys: ['draw draws unfinishedDraws register replaced'],
    args: ['drawId atMs json leaf'],
  },
  ScheduleOutcome,
);

/**
 * Plans a draw, and writes its plan into the register, in one step. Safe to repeat: `exists` leaves
 * the draw of this id as it is. `not_void`, `repeated`: the draw that it would repeat is not void,
 * or has its repeat.
 */
export function scheduleDraw(
  redis: Connection,
  prefecture: string,
  draw: DrawRecord,
): Promise<ScheduleOutcome> {
  if (draw.state !== 'scheduled') throw new Error(`draw ${draw.id} begins ${draw.state}`);
  const keys = keysOf(prefecture);
  return scheduleDrawScript.run(
    redis,
    {
      draw: keys.draw(draw.id),
      draws: keys.draws,
      unfinishedDraws: keys.unfinishedDraws,
      register: keys.registerLeaves,
      replaced: keys.draw(draw.replaces ?? draw.id),
    },
    { drawId: draw.id, atMs: draw.atMs, json: encodeDraw(draw), leaf: scheduledLeaf(draw) },
  );
}

function scheduledLeaf(draw: DrawRecord): string {
  const { id, entropy, atMs, scheduledAtMs, replaces, requestTypes, afterVoid } = draw;
  return registerLeaf({
    at: recordInstant(scheduledAtMs),
    kind: 'scheduled',
    draw: id,
    entropy,
    plannedAt: recordInstant(atMs),
    ...(replaces === undefined ? {} : { replaces }),
    ...(requestTypes === undefined ? {} : { requestTypes }),
    ...(afterVoid === undefined ? {} : { afterVoid }),
    ...strengthMember(entropy),
  });
}
