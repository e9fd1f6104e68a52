import type { RecordEvent } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import type { Suspension } from '../absences/rule.ts';
import type { AppointmentState, Tally } from '../appointments/state.ts';
import type { DrawState } from '../draws/state.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { nextEntryState } from '../entries/state.ts';
import { type MessageId, messageId } from '../messages/id.ts';
import type { OfferMessage } from '../messages/kinds.ts';
import type { Stored } from '../values.ts';
import type { OfferRecord } from './offer.ts';

/** What one offer's change is decided from: all of one instant. */
export interface Situation {
  readonly offer: Stored<OfferRecord>;
  readonly entry: Stored<EntryRecord>;
  readonly drawNumber: number;
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

/** The line of the record that says what became of an offer. Pure. */
export function recordEvent(
  { offer }: Situation,
  type: 'accepted' | 'declined' | 'expired' | 'cancelled' | 'revoked',
) {
  return { type, entry: offer.value.entry, slot: offer.value.slot } as const;
}

/** The entry once it holds nothing any more: in no pool of a draw that has begun. Pure. */
export function backToWaiting(
  { entry, drawNumber }: Situation,
  event: 'release' | 'cancel',
): EntryRecord {
  const { held: _held, ...rest } = entry.value;
  return { ...rest, state: nextEntryState(rest.state, event), since: drawNumber };
}

/** @throws DomainError `appointment_not_found` */
export function appointmentOf({ appointment }: OfferRecord): AppointmentState {
  if (!appointment) throw new DomainError('appointment_not_found', 'no such appointment');
  return appointment;
}

/** A closed or void draw has no reserve list any more: its places go to the next one. */
export function freedPlaceOf(drawState: DrawState): Situation['freedPlace'] {
  return drawState === 'closed' || drawState === 'void' ? 'return' : 'free';
}
