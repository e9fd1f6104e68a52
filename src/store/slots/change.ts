import { z } from 'zod';
import type { SlotDecision, SlotStanding } from '../../domain/slots/change.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { retryOnConflict } from '../core/retry.ts';
import { Script, WriteWord } from '../core/script.ts';
import { encodeSlot } from './codec.ts';
import { readStandings } from './standing.ts';

const changeSlotScript = new Script(
  'slots/change-slot.lua',
  {
    keys: ['slots places importLock draw drawPlaces closedSlots'],
    args: ['slot old new free freeNew state idle idleNew'],
  },
  z.enum([...WriteWord.options, 'busy']),
);

export type SlotOutcome =
  | 'done'
  | 'unchanged'
  | 'frozen'
  /** There is no such slot. */
  | 'none'
  /** An import is under way. */
  | 'busy';

/**
 * Changes a slot, or takes it out, as `decide` says, which is asked again where somebody else was
 * faster: it must be pure. Atomic; whether it is safe to repeat is for `decide`.
 */
export function changeSlot(
  redis: Connection,
  prefecture: string,
  id: string,
  decide: (standing: SlotStanding) => SlotDecision,
): Promise<{ readonly outcome: SlotOutcome; readonly standing?: SlotStanding }> {
  const keys = keysOf(prefecture);
  return retryOnConflict(`slot ${id}`, async () => {
    const [standing] = await readStandings(redis, prefecture, [id]);
    if (!standing) return { outcome: 'none' };
    const decision = decide(standing);
    if (decision.outcome !== 'change') return { outcome: decision.outcome, standing };
    const { slot, free, idle } = decision;
    const before = standing.idle.find(({ draw }) => draw === idle?.draw);
    const draw = idle?.draw ?? 'none';
    const word = await changeSlotScript.run(
      redis,
      {
        slots: keys.slots,
        places: keys.places,
        importLock: keys.importLock,
        draw: keys.draw(draw),
        drawPlaces: keys.drawPlaces(draw),
        closedSlots: keys.closedSlots,
      },
      {
        slot: id,
        old: standing.raw,
        new: slot ? encodeSlot(slot) : '',
        free: standing.free,
        freeNew: free,
        state: idle?.state ?? '',
        idle: before?.places ?? 0,
        idleNew: idle?.places ?? 0,
      },
    );
    return word === 'conflict' ? word : { outcome: word, standing };
  });
}
