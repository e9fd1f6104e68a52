import { DomainError } from '../../base/errors.ts';

export const OFFER_STATES = ['pending', 'accepted', 'declined', 'expired', 'revoked'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** What a person can say to an offer. */
export const OFFER_ANSWERS = ['accept', 'decline'] as const;
export type OfferAnswer = (typeof OFFER_ANSWERS)[number];

export type OfferEvent = OfferAnswer | 'expire' | 'revoke';

/** The whole life of an offer. A pair missing here cannot happen. */
const transitions: Record<OfferState, Partial<Record<OfferEvent, OfferState>>> = {
  pending: { accept: 'accepted', decline: 'declined', expire: 'expired', revoke: 'revoked' },
  accepted: {},
  declined: {},
  expired: {},
  revoked: {},
};

/**
 * The state of an offer after an event. Pure.
 *
 * @throws DomainError `offer_settled` if the offer can no longer change.
 */
export function nextOfferState(state: OfferState, event: OfferEvent): OfferState {
  const next = transitions[state][event];
  if (!next) throw new DomainError('offer_settled', `cannot ${event} an offer that is ${state}`);
  return next;
}
