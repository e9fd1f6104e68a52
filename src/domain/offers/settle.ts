import { DomainError } from '../../base/errors.ts';
import type { AbsenceRule, Impediment } from '../absences/rule.ts';
import { judgeCancelled } from '../absences/sit-out.ts';
import { type AppointmentState, nextAppointmentState } from '../appointments/state.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { nextEntryState } from '../entries/state.ts';
import {
  changed,
  type HoldingChange,
  offerMessage,
  recordEvent,
  type Situation,
} from './change.ts';
import type { OfferRecord } from './offer.ts';
import { nextOfferState, type OfferEvent, type OfferState } from './state.ts';

/** What the settings of a prefecture say about answers and silences. */
export interface SettlePolicy {
  /** Unanswered offers after which an entry leaves the waitlist. Needed to expire an offer. */
  readonly silencesAllowed?: number;
  /** Until this instant no offer ends, whatever its deadline: people could not answer in a pause. */
  readonly graceUntilMs?: number;
}

/** The state in which an event leaves an offer. */
export const settledBy = {
  accept: 'accepted',
  decline: 'declined',
  expire: 'expired',
  revoke: 'revoked',
} as const satisfies Record<OfferEvent, OfferState>;

const over = { deadline: 'none', reminder: 'none' } as const;

/**
 * What an event makes of an offer; `too_early` if it may not expire yet. Pure.
 *
 * @throws DomainError `offer_settled` if it can no longer change, or its time to accept is over.
 */
export function decideSettlement(
  situation: Situation,
  event: OfferEvent,
  policy: SettlePolicy,
): HoldingChange | 'too_early' {
  const { offer, nowMs } = situation;
  nextOfferState(offer.value.state, event);
  const endsMs = Math.max(offer.value.deadlineMs, policy.graceUntilMs ?? 0);
  if (event === 'accept') {
    if (nowMs >= endsMs) throw new DomainError('offer_settled', 'the time to answer is over');
    return accept(situation);
  }
  // Earlier draws missed still count: who cannot come does not begin again.
  if (event === 'decline') return release(situation, event, entryAnswered(situation));
  if (event === 'revoke') return release(situation, event, backToWaiting(situation, 'release'));
  if (nowMs < endsMs) return 'too_early';
  return expire(situation, policy);
}

function accept(situation: Situation): HoldingChange {
  const { entry, offer } = situation;
  const { silences: _silences, ...answered } = entry.value;
  return {
    ...over,
    ...changed(situation, { ...answered, state: nextEntryState(entry.value.state, 'accept') }),
    offer: { ...settled(situation, 'accept'), appointment: 'booked' },
    place: 'keep',
    message: offerMessage('booked', offer.value),
    events: [recordEvent(situation, 'accepted')],
  };
}

/** The offer ends without an appointment, and its place is free. */
function release(
  situation: Situation,
  event: 'decline' | 'expire' | 'revoke',
  entry: EntryRecord,
): HoldingChange {
  const type = settledBy[event];
  return {
    ...over,
    ...changed(situation, entry),
    offer: settled(situation, event),
    place: situation.freedPlace,
    // Who declines knows it already.
    ...(type === 'declined' ? {} : { message: offerMessage(type, situation.offer.value) }),
    events: [recordEvent(situation, type)],
  };
}

function expire(situation: Situation, { silencesAllowed }: SettlePolicy): HoldingChange {
  if (silencesAllowed === undefined) throw new Error('expiry needs to know the silences allowed');
  const { entry, nowMs } = situation;
  const silences = (entry.value.silences ?? 0) + 1;
  if (silences < silencesAllowed) {
    return release(situation, 'expire', {
      ...backToWaiting(situation, 'release'),
      silences,
    });
  }
  const { held: _held, ...left } = entry.value;
  const state = nextEntryState(entry.value.state, 'expire');
  const gone = { ...left, silences, state, endedAtMs: nowMs };
  const change = release(situation, 'expire', gone);
  return { ...change, events: [...change.events, { type: 'withdrawn', entry: entry.value.id }] };
}

/**
 * What giving up an appointment changes: also, by the rule of the prefecture, that draws are sat
 * out, unless an impediment excuses it. Pure.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled` (also once it has begun)
 */
export function decideCancellation(
  situation: Situation,
  rule: AbsenceRule,
  impediment?: Impediment,
): HoldingChange {
  const { offer, nowMs } = situation;
  const appointment = nextAppointmentState(appointmentOf(offer.value), 'cancel');
  if (nowMs >= Date.parse(offer.value.slotStart)) {
    throw new DomainError('appointment_settled', 'the appointment has begun');
  }
  const waiting = backToWaiting(situation, 'cancel');
  const { entry, ...judged } = judgeCancelled(situation, waiting, rule, impediment);
  return {
    ...changed(situation, entry),
    ...judged,
    offer: { ...offer.value, appointment },
    place: situation.freedPlace,
    message: offerMessage('cancelled', offer.value),
    events: [recordEvent(situation, 'cancelled')],
  };
}

/**
 * What the service takes back when a draw is void: an open offer or an appointment; undefined if
 * there is neither. Nothing may follow `void` in the record. Pure.
 */
export function decideUnwinding(situation: Situation): HoldingChange | undefined {
  const { offer } = situation;
  const { state, appointment } = offer.value;
  const message = offerMessage('revoked', offer.value);
  const back = { ...over, place: situation.freedPlace, message, events: [] };
  if (state === 'pending') {
    return {
      ...back,
      ...changed(situation, backToWaiting(situation, 'release')),
      offer: settled(situation, 'revoke'),
    };
  }
  if (appointment !== 'booked') return undefined;
  return {
    ...back,
    ...changed(situation, backToWaiting(situation, 'cancel')),
    offer: { ...offer.value, appointment: nextAppointmentState(appointment, 'cancel') },
  };
}

/** @throws DomainError `appointment_not_found` */
export function appointmentOf({ appointment }: OfferRecord): AppointmentState {
  if (!appointment) throw new DomainError('appointment_not_found', 'no such appointment');
  return appointment;
}

function settled({ offer, nowMs }: Situation, event: OfferEvent): OfferRecord {
  const state = nextOfferState(offer.value.state, event);
  return { ...offer.value, state, settledAtMs: nowMs };
}

function backToWaiting({ entry, drawNumber }: Situation, event: 'release' | 'cancel'): EntryRecord {
  const { held: _held, ...rest } = entry.value;
  return { ...rest, state: nextEntryState(rest.state, event), since: drawNumber };
}

/** Whoever answers, if only to decline, is not silent. */
function entryAnswered(situation: Situation): EntryRecord {
  const { silences: _silences, ...answered } = backToWaiting(situation, 'release');
  return answered;
}
