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

/** Who has an offer of the draw itself begins `offered`: no event tells of that. */
export const begin = (via: OfferRecord['via']): Standing => (via === 'draw' ? 'offered' : 'none');

/** What an event makes of a standing; undefined if it cannot follow. Pure. */
export function afterEvent(standing: Standing, type: string): Standing | undefined {
  return steps[standing][type];
}

const left = { withdrawn: 'gone' } as const;

const steps: Record<Standing, Readonly<Record<string, Standing>>> = {
  none: { refilled: 'offered', ...left },
  offered: {
    accepted: 'accepted',
    declined: 'declined',
    expired: 'expired',
    revoked: 'revoked',
    withdrawn: 'declined',
  },
  accepted: { cancelled: 'cancelled', revoked: 'refused', withdrawn: 'cancelled' },
  declined: left,
  expired: left,
  revoked: left,
  cancelled: left,
  refused: {},
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
  refused: ['refused', 'attended', 'no_show'],
  gone: [],
};

/** Nothing may follow `void` in a record: what was open when it came may have ended since. */
const endsOfVoid: Partial<Record<Standing, readonly string[]>> = {
  offered: ['pending', 'revoked', 'declined'],
  accepted: ['booked', 'attended', 'no_show', 'refused', 'cancelled'],
};

/** Whether the events about one entry, in their order, led to the offer that is stored. Pure. */
export function fitsEvents(offer: OfferRecord, types: readonly string[], isVoid: boolean): boolean {
  let standing = begin(offer.via);
  let last = standing;
  for (const type of types) {
    const next = afterEvent(standing, type);
    if (!next) return false;
    // Leaving later changes nothing about the offer.
    if (next !== 'gone') last = next;
    standing = next;
  }
  const allowed = (isVoid && endsOfVoid[last]) || ends[last];
  return allowed.includes(offer.appointment ?? offer.state);
}
