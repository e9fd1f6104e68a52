import type { Cause, Hand } from '../../allocator/types.ts';
import type { Impediment } from '../absences/rule.ts';
import type { AppointmentState } from '../appointments/state.ts';
import type { OfferState } from './state.ts';

/** How an offer came: by the draw, or down the reserve list. */
export const OFFER_WAYS = ['draw', 'refill'] as const;
export type OfferWay = (typeof OFFER_WAYS)[number];

/** What another hand can give up for a person. */
export const DEFERRED_ACTS = ['decline', 'cancel', 'withdraw'] as const;
export type DeferredAct = (typeof DEFERRED_ACTS)[number];

/** What another hand gave up for a person, until it takes effect: nothing is public before. */
export interface Deferred {
  readonly act: DeferredAct;
  readonly by: Hand;
  readonly atMs: number;
  /** When it takes effect, unless its person undoes it before. */
  readonly dueAtMs: number;
  readonly impediment?: Impediment;
}

/** An offer, and then the appointment that follows from it. Its id is `<draw>.<entry>`. */
export interface OfferRecord {
  readonly draw: string;
  readonly entry: string;
  readonly slot: string;
  readonly requestType: string;
  /** People who come together, and so many places; absent: one. */
  readonly party?: number;
  /** ISO 8601 with offset, copied from the slot. */
  readonly slotStart: string;
  readonly site: string;
  readonly state: OfferState;
  /** By the draw itself, or down the reserve list. */
  readonly via: OfferWay;
  readonly offeredAtMs: number;
  readonly deadlineMs: number;
  /** Set once, when a message could not be delivered and the deadline moved. */
  readonly extended?: true;
  readonly settledAtMs?: number;
  readonly appointment?: AppointmentState;
  /** What staff or a helper gave up for its person, and the person may still undo. */
  readonly deferred?: Deferred;
  /** Whoever accepted it, if not its person. */
  readonly proxy?: { readonly by: Hand; readonly atMs: number };
  /** Its person undid the latest that was done by another hand. */
  readonly undone?: true;
  /** Why the service took it back. */
  readonly cause?: Cause;
  /** The closure of its slot, if that was why. */
  readonly closure?: string;
  /** It was taken back before its person was told of it. */
  readonly unopened?: true;
  /** Its draw is void, and what it changed of its entry is undone. */
  readonly unwound?: true;
  /** Of a party that came to its appointment: how many of its people did not. */
  readonly membersMissing?: number;
}

/** A place given to an entry, with what its offer repeats from entry and slot. */
export type Seat = Pick<
  OfferRecord,
  'entry' | 'requestType' | 'party' | 'slot' | 'slotStart' | 'site'
>;

/** Of an offer that has ended, or become an appointment, nothing is due any more. */
export const over = { deadline: 'none', reminder: 'none' } as const;

/** An offer to which no other hand has done anything that could be undone, or was. Pure. */
export function withoutDeferred({
  deferred: _deferred,
  undone: _undone,
  ...offer
}: OfferRecord): OfferRecord {
  return offer;
}

/** An offer to make, and when to remind of it; absent: never. */
export interface NewOffer extends OfferRecord {
  readonly remindAtMs?: number;
  /** Instead of `deadlineMs`, for people who are reached by post. They are not reminded. */
  readonly letterDeadlineMs?: number;
  /** The place cannot be used any more: it is taken back before it was offered. */
  readonly tooLate?: true;
}
