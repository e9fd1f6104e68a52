import { DomainError } from '../../base/errors.ts';
import { nextAppointmentState } from '../appointments/state.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { nextEntryState } from '../entries/state.ts';
import type { Prefecture } from '../prefectures/prefecture.ts';
import {
  backToWaiting,
  changed,
  type HoldingChange,
  offerMessage,
  recordEvent,
  type Situation,
} from './change.ts';
import { graceUntil, offerEnd } from './end.ts';
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

/** What a prefecture says about answers now. While it is paused no answer is too late. Pure. */
export function policyOf(
  prefecture: Pick<Prefecture, 'settings' | 'paused' | 'graceUntilMs'>,
): Required<SettlePolicy> {
  return {
    silencesAllowed: prefecture.settings.silencesAllowed,
    graceUntilMs: graceUntil(prefecture),
  };
}

const over = { deadline: 'none', reminder: 'none' } as const;

/**
 * What an event makes of an offer. `as_it_is`: it was settled that way already, or may not expire
 * yet. Pure.
 *
 * @throws DomainError `offer_settled` if it can no longer change, or its time to accept is over.
 */
export function decideSettlement(
  situation: Situation,
  event: OfferEvent,
  policy: SettlePolicy,
): HoldingChange | 'as_it_is' {
  const { offer, nowMs } = situation;
  if (isRepeated(offer.value, event)) return 'as_it_is';
  nextOfferState(offer.value.state, event);
  const endsMs = offerEnd(offer.value, policy.graceUntilMs ?? 0);
  if (event === 'accept') {
    if (nowMs >= endsMs) throw new DomainError('offer_settled', 'the time to answer is over');
    return accept(situation);
  }
  // Earlier draws missed still count: who cannot come does not begin again.
  if (event === 'decline') return release(situation, event, entryAnswered(situation));
  if (event === 'revoke') return release(situation, event, backToWaiting(situation, 'release'));
  if (nowMs < endsMs) return 'as_it_is';
  return expire(situation, policy);
}

/** Whoever gave the appointment up since does not have it by accepting once more. */
function isRepeated({ state, appointment }: OfferRecord, event: OfferEvent): boolean {
  return state === settledBy[event] && (event !== 'accept' || appointment === 'booked');
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

/**
 * Moves the end of an open offer to `deadlineMs`: later, and once in the life of the offer. Pure.
 */
export function decideExtension(
  { offer }: Pick<Situation, 'offer'>,
  deadlineMs: number,
): HoldingChange | 'as_it_is' {
  const { state, extended, deadlineMs: before } = offer.value;
  if (state !== 'pending' || extended || deadlineMs <= before) return 'as_it_is';
  return {
    offerBefore: offer.raw,
    offer: { ...offer.value, deadlineMs, extended: true },
    place: 'keep',
    deadline: deadlineMs,
    events: [],
  };
}

function settled({ offer, nowMs }: Situation, event: OfferEvent): OfferRecord {
  const state = nextOfferState(offer.value.state, event);
  return { ...offer.value, state, settledAtMs: nowMs };
}

/** Whoever answers, if only to decline, is not silent. */
function entryAnswered(situation: Situation): EntryRecord {
  const { silences: _silences, ...answered } = backToWaiting(situation, 'release');
  return answered;
}
