import { DomainError } from '../../base/errors.ts';

export const ENTRY_STATES = [
  'unverified',
  'waiting',
  'offered',
  'booked',
  'served',
  'withdrawn',
  'rejected',
  'expired',
  'erased',
] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

export type EntryEvent =
  | 'verify'
  | 'offer'
  | 'accept'
  /** The offer ended without an appointment (declined, expired, revoked): back to the waitlist. */
  | 'release'
  /** The appointment was given up or taken back: back to the waitlist. */
  | 'cancel'
  | 'serve'
  | 'withdraw'
  | 'reject'
  | 'expire'
  | 'erase';

/** The whole life of an entry. A pair missing here cannot happen. */
const transitions: Record<EntryState, Partial<Record<EntryEvent, EntryState>>> = {
  unverified: {
    verify: 'waiting',
    withdraw: 'withdrawn',
    reject: 'rejected',
    expire: 'expired',
    erase: 'erased',
  },
  waiting: {
    offer: 'offered',
    withdraw: 'withdrawn',
    reject: 'rejected',
    expire: 'expired',
    erase: 'erased',
  },
  offered: {
    accept: 'booked',
    release: 'waiting',
    withdraw: 'withdrawn',
    reject: 'rejected',
    expire: 'expired',
    erase: 'erased',
  },
  booked: {
    cancel: 'waiting',
    serve: 'served',
    expire: 'expired',
    withdraw: 'withdrawn',
    reject: 'rejected',
    erase: 'erased',
  },
  served: { erase: 'erased' },
  withdrawn: { erase: 'erased' },
  // Refused at the desk over a number that was misread.
  rejected: { serve: 'served', erase: 'erased' },
  expired: { erase: 'erased' },
  erased: {},
};

/**
 * The state of an entry after an event. Pure.
 *
 * @throws DomainError `entry_settled` if the entry cannot go that way.
 */
export function nextEntryState(state: EntryState, event: EntryEvent): EntryState {
  const next = transitions[state][event];
  if (!next) throw new DomainError('entry_settled', `cannot ${event} an entry that is ${state}`);
  return next;
}

/** Whether the entry still holds its person's one place per request type. Pure. */
export function isLiveEntry(state: EntryState): boolean {
  return state === 'unverified' || state === 'waiting' || state === 'offered' || state === 'booked';
}

/**
 * Whether the entry is a confirmed one: its person proved a contact, or an agent saw them. Such an
 * entry takes part, or will again. Pure.
 */
export function isConfirmedEntry(state: EntryState): boolean {
  return state !== 'unverified' && isLiveEntry(state);
}
