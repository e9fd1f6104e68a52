import type { Cause, Hand, RecordEvent } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import type { Suspension } from '../absences/rule.ts';
import type { AppointmentState, Tally } from '../appointments/state.ts';
import type { ActCount } from '../draws/acts.ts';
import type { DrawRecord } from '../draws/draw.ts';
import type { OfDraw } from '../draws/recorded.ts';
import { goesDownTheList } from '../draws/reserves.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { withGivenUp } from '../entries/resting.ts';
import { nextEntryState } from '../entries/state.ts';
import { type MessageId, messageId } from '../messages/id.ts';
import type { OfferMessage } from '../messages/kinds.ts';
import type { Stored } from '../values.ts';
import type { OfferRecord } from './offer.ts';

/** What one offer's change is decided from: all of one instant. */
export interface Situation {
  readonly offer: Stored<OfferRecord>;
  readonly entry: Stored<EntryRecord>;
  /** Draws frozen so far. */
  readonly drawNumber: number;
  /** The draw of the offer. */
  readonly ofDraw: OfDraw;
  /** Where a place goes that is free from now on. */
  readonly freedPlace: 'free' | 'return';
  readonly nowMs: number;
}

/** One offer's change, with its entry and its place. Decided here, compared and written by the store. */
export interface HoldingChange {
  /** The offer as stored before; '' for none. */
  readonly offerBefore: string;
  readonly offer: OfferRecord;
  /** Absent: the entry stays as it is, and is not compared. */
  readonly entry?: {
    readonly raw: string;
    readonly before: EntryRecord;
    readonly after: EntryRecord;
  };
  /**
   * `take` a free place of the draw, `free` one down its reserve list, `return` one to the next
   * draw, or `keep` things as they are.
   */
  readonly place: 'take' | 'free' | 'return' | 'keep';
  /** The slot is closed, and its places are gone: `place` is `keep`. */
  readonly closes?: Cause;
  /** Right as well where the slot is closed: any other change has to be decided again there. */
  readonly evenIfClosed?: true;
  readonly deadline?: number | 'none';
  readonly reminder?: number | 'none';
  readonly message?: MessageId;
  /** What the person sits out, with this entry or another. */
  readonly suspension?: Suspension;
  readonly events: readonly RecordEvent[];
  /** How far down the ranking this offer reaches, for the index of the draw. */
  readonly serves?: { readonly field: string; readonly rank: number; readonly rankInType: number };
  /** What is counted in public. */
  readonly tally?: Tally;
  /** What is counted in public of its draw, beside what its events say. */
  readonly counts?: ActCount;
}

/** The message of this kind about this offer. There is one at most. */
export function offerMessage(
  kind: OfferMessage,
  offer: Pick<OfferRecord, 'entry' | 'draw'>,
): MessageId {
  return messageId(kind, offer.entry, offer.draw);
}

/** What every change of an offer has: both before it, and the entry after it. Pure. */
export function changed({ offer, entry }: Situation, after: EntryRecord) {
  return { offerBefore: offer.raw, entry: { raw: entry.raw, before: entry.value, after } };
}

/** The line of the record that says what became of an offer, and by whose hand. Pure. */
export function recordEvent<Type extends 'accepted' | 'declined' | 'expired' | 'cancelled'>(
  { offer }: Situation,
  type: Type,
  by?: Hand,
) {
  const { entry, slot } = offer.value;
  return { type, entry, slot, ...(by === undefined ? {} : { by }) } as const;
}

/** The entry once it holds nothing any more: in no pool of a draw that has begun. Pure. */
export function backToWaiting(
  { entry, drawNumber }: Situation,
  event: 'release' | 'cancel',
): EntryRecord {
  const { held: _held, ...rest } = entry.value;
  return { ...rest, state: nextEntryState(rest.state, event), since: drawNumber };
}

/**
 * The entry once it has given up, or let pass, what it held: had it been ranked as guaranteed, it rests
 * for a while. Pure.
 */
export function afterGivingUp(situation: Situation, event: 'release' | 'cancel'): EntryRecord {
  const waiting = backToWaiting(situation, event);
  const { guaranteed } = situation.entry.value.held ?? {};
  return guaranteed ? withGivenUp(waiting, situation.ofDraw.number) : waiting;
}

/** @throws DomainError `appointment_not_found` */
export function appointmentOf({ appointment }: OfferRecord): AppointmentState {
  if (!appointment) throw new DomainError('appointment_not_found', 'no such appointment');
  return appointment;
}

/**
 * Where a freed place of a slot goes. A closed or void draw has no reserve list any more; a published
 * one has none for a slot that serves a request type which has ended there. Pure.
 */
export function freedPlaceOf(
  draw: Pick<DrawRecord, 'state' | 'ended'>,
  slotTypes: readonly string[],
): Situation['freedPlace'] {
  const isSettled = draw.state === 'closed' || draw.state === 'void';
  return isSettled || !goesDownTheList(draw, slotTypes) ? 'return' : 'free';
}
