import type { Algorithm } from '../../allocator/types.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';

/** What the events of a record came to for one entry. */
export type Standing =
  | 'none'
  | 'offered'
  | 'accepted'
  | 'declined'
  | 'expired'
  | 'revoked'
  | 'cancelled'
  | 'refused'
  /** Left the list without a place of this draw. */
  | 'gone';

/** In lottery/v1 who has an offer of the draw itself begins `offered`: no event tells of that. */
export function begin(via: OfferRecord['via'], algorithm: Algorithm): Standing {
  return via === 'draw' && algorithm === 'lottery/v1' ? 'offered' : 'none';
}

/** What an event makes of a standing; undefined if it cannot follow. Pure. */
export function afterEvent(standing: Standing, type: string): Standing | undefined {
  return steps[standing][type];
}

const left = { withdrawn: 'gone', rejected: 'gone' } as const;

const steps: Record<Standing, Readonly<Record<string, Standing>>> = {
  // Taken back before it was offered.
  none: { offered: 'offered', refilled: 'offered', revoked: 'revoked', ...left },
  offered: {
    accepted: 'accepted',
    declined: 'declined',
    expired: 'expired',
    extended: 'offered',
    revoked: 'revoked',
    withdrawn: 'declined',
    rejected: 'declined',
  },
  accepted: {
    cancelled: 'cancelled',
    revoked: 'refused',
    withdrawn: 'cancelled',
    rejected: 'refused',
  },
  declined: left,
  expired: left,
  revoked: left,
  cancelled: left,
  refused: left,
  gone: {},
};

/** What an offer may be where the record says so. Attendance is told in no record. */
const ends: Record<Standing, readonly string[]> = {
  none: [],
  offered: ['pending'],
  accepted: ['booked', 'attended', 'no_show'],
  declined: ['declined'],
  expired: ['expired'],
  revoked: ['revoked'],
  cancelled: ['cancelled'],
  refused: ['refused', 'attended', 'no_show', 'revoked', 'cancelled'],
  gone: [],
};

/** Nothing may follow `void` in a record: what was open when it came may have ended since. */
const endsOfVoid: Partial<Record<Standing, readonly string[]>> = {
  offered: ['pending', 'revoked', 'declined'],
  accepted: ['booked', 'attended', 'no_show', 'refused', 'cancelled'],
};

/** All of these fall when their slot is closed, one after the other. */
const endsOfClosed: Partial<Record<Standing, readonly string[]>> = {
  none: ['revoked'],
  offered: ['pending', 'revoked'],
  accepted: ['booked', 'attended', 'no_show', 'revoked'],
};

/** What is known of the record beside the events of one entry. */
interface Recorded {
  readonly algorithm: Algorithm;
  readonly isVoid: boolean;
  /** The record says that the slot of the offer is closed. */
  readonly isClosed: boolean;
}

/** Whether the events about one entry, in their order, led to the offer that is stored. Pure. */
export function fitsEvents(
  offer: OfferRecord,
  types: readonly string[],
  { algorithm, isVoid, isClosed }: Recorded,
): boolean {
  let standing = begin(offer.via, algorithm);
  let last = standing;
  for (const type of types) {
    const next = afterEvent(standing, type);
    if (!next) return false;
    // Leaving later changes nothing about the offer.
    if (next !== 'gone') last = next;
    standing = next;
  }
  const allowed = [
    ...((isVoid && endsOfVoid[last]) || ends[last]),
    ...((isClosed && endsOfClosed[last]) || []),
  ];
  return allowed.includes(offer.appointment ?? offer.state);
}
