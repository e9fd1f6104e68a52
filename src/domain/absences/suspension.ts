import type { EntryRecord } from '../entries/entry.ts';
import { type MessageId, messageId } from '../messages/id.ts';
import type { Situation } from '../offers/change.ts';
import type { OfferRecord } from '../offers/offer.ts';
import {
  type AbsenceRule,
  type AbsenceState,
  type Impediment,
  judgeCancellation,
  type Suspension,
  sitsOutUntil,
} from './rule.ts';

/** What becomes of an entry, and what its person sits out. */
export interface Judged {
  readonly entry: EntryRecord;
  readonly suspension?: Suspension;
}

/** Draws that are still sat out when `drawNumber` draws were frozen; 0 once it was lifted. Pure. */
export function drawsLeftOf(
  { state, untilDraw }: { readonly state: AbsenceState; readonly untilDraw: number },
  drawNumber: number,
): number {
  return state === 'lifted' ? 0 : Math.max(0, untilDraw - drawNumber);
}

/** The message that tells a person what is sat out with an entry. There is one for an absence. */
export function absenceMessage(
  entry: string,
  { untilDraw }: Pick<Suspension, 'untilDraw'>,
): MessageId {
  return messageId('absence', entry, untilDraw);
}

/** The message that tells what was decided on an absence. */
export function decisionMessage(
  entry: string,
  { untilDraw, state }: { readonly untilDraw: number; readonly state: AbsenceState },
): MessageId {
  return messageId('absence_decided', entry, `${untilDraw}-${state}`);
}

/** An entry of a person who sits out draws: it waits, and is in no pool before they are over. Pure. */
export function suspended(entry: EntryRecord, { untilDraw, cause }: Suspension): EntryRecord {
  return { ...entry, since: untilDraw, absence: { cause, untilDraw, state: 'standing' } };
}

/** What the rule makes of an entry whose appointment is given up, and which waits again. Pure. */
export function judgeCancelled(
  { offer, entry, drawNumber, nowMs }: Situation,
  waiting: EntryRecord,
  rule: AbsenceRule,
  impediment: Impediment | undefined,
): Judged {
  const startMs = Date.parse(offer.value.slotStart);
  const excused = entry.value.excused ?? false;
  const judged = judgeCancellation(rule, { startMs, nowMs, impediment, excused });
  if (judged === 'in_time') return { entry: waiting };
  if (judged === 'excused') return { entry: { ...waiting, excused: true } };
  const suspension = { untilDraw: sitsOutUntil(rule, drawNumber), cause: judged };
  return { entry: suspended(waiting, suspension), suspension };
}

/**
 * What the rule makes of leaving the list with an appointment: the same as giving it up without a
 * word, or else leaving and joining again would be the way round it. Pure.
 */
export function judgeLeaving(
  { appointment, slotStart }: OfferRecord,
  { drawNumber, nowMs }: Pick<Situation, 'drawNumber' | 'nowMs'>,
  rule: AbsenceRule,
): Suspension | undefined {
  if (appointment !== 'booked') return undefined;
  const startMs = Date.parse(slotStart);
  const alone = { startMs, nowMs, impediment: undefined, excused: false };
  const judged = judgeCancellation(rule, alone);
  if (judged !== 'late_cancel') return undefined;
  return { untilDraw: sitsOutUntil(rule, drawNumber), cause: judged };
}

/** What the rule makes of an entry whose person did not come, and which has left. Pure. */
export function judgeMissed(
  { drawNumber }: Situation,
  left: EntryRecord,
  rule: AbsenceRule,
): Judged {
  if (rule.absenceDraws === 0) return { entry: left };
  const suspension = { untilDraw: sitsOutUntil(rule, drawNumber), cause: 'no_show' } as const;
  return { entry: { ...left, absence: { ...suspension, state: 'standing' } }, suspension };
}
