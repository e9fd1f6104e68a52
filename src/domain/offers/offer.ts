import type { Cause } from '../../allocator/types.ts';
import type { AppointmentState } from '../appointments/state.ts';
import type { OfferState } from './state.ts';

/** How an offer came: by the draw, or down the reserve list. */
export const OFFER_WAYS = ['draw', 'refill'] as const;
export type OfferWay = (typeof OFFER_WAYS)[number];

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

/** Places of its slot that an offer takes. Pure. */
export function placesOf({ party = 1 }: Pick<OfferRecord, 'party'>): number {
  return party;
}

/** An offer to make, and when to remind of it; absent: never. */
export interface NewOffer extends OfferRecord {
  readonly remindAtMs?: number;
  /** Instead of `deadlineMs`, for people who are reached by post. They are not reminded. */
  readonly letterDeadlineMs?: number;
  /** The place cannot be used any more: it is taken back before it was offered. */
  readonly tooLate?: true;
}
