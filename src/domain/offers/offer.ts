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
}

/** A place given to an entry, with what its offer repeats from entry and slot. */
export type Seat = Pick<OfferRecord, 'entry' | 'requestType' | 'slot' | 'slotStart' | 'site'>;

/** An offer to make, and when to remind of it; absent: never. */
export interface NewOffer extends OfferRecord {
  readonly remindAtMs?: number;
  /** Instead of `deadlineMs`, for people who are reached by post. They are not reminded. */
  readonly letterDeadlineMs?: number;
}
