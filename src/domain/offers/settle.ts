import type { Hand, RecordEvent } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { recordInstant } from '../../base/instants.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { nextEntryState } from '../entries/state.ts';
import type { Prefecture } from '../prefectures/prefecture.ts';
import {
  afterGivingUp,
  changed,
  type HoldingChange,
  offerMessage,
  recordEvent,
  type Situation,
} from './change.ts';
import { graceUntil, offerEnd } from './end.ts';
import { type OfferRecord, over, withoutDeferred } from './offer.ts';
import { nextOfferState, type OfferEvent, type OfferState } from './state.ts';

/** What the settings of a prefecture say about answers and silences. */
export interface SettlePolicy {
  /** Unanswered offers after which an entry leaves the waitlist. Needed to expire an offer. */
  readonly silencesAllowed?: number;
  /** Until this instant no offer ends, whatever its deadline: people could not answer in a pause. */
  readonly graceUntilMs?: number;
  /** By whose hand, if not the person's own. */
  readonly by?: Hand;
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
): Required<Omit<SettlePolicy, 'by'>> {
  return {
    silencesAllowed: prefecture.settings.silencesAllowed,
    graceUntilMs: graceUntil(prefecture),
  };
}

/**
 * What an event makes of an offer. `as_it_is`: it was settled that way already, or may not expire
 * yet. Pure.
 *
 * @throws DomainError `offer_settled` if it can no longer change, or its time to accept is over.
 */
export function decideSettlement(
  situation: Situation,
  event: Exclude<OfferEvent, 'revoke'>,
  policy: SettlePolicy,
): HoldingChange | 'as_it_is' {
  const { offer, nowMs } = situation;
  if (isRepeated(offer.value, event)) return 'as_it_is';
  nextOfferState(offer.value.state, event);
  const endsMs = offerEnd(offer.value, policy.graceUntilMs ?? 0);
  if (event === 'accept') {
    if (nowMs >= endsMs) throw new DomainError('offer_settled', 'the time to answer is over');
    return accept(situation, policy.by);
  }
  // Earlier draws missed still count: who cannot come does not begin again.
  if (event === 'decline') {
    const declined = recordEvent(situation, 'declined', policy.by);
    return release(situation, declined, entryAnswered(situation));
  }
  // Somebody has answered: that takes effect first.
  if (nowMs < endsMs || offer.value.deferred) return 'as_it_is';
  return expire(situation, policy);
}

/** Whoever gave the appointment up since does not have it by accepting once more. */
function isRepeated({ state, appointment }: OfferRecord, event: OfferEvent): boolean {
  return state === settledBy[event] && (event !== 'accept' || appointment === 'booked');
}

function accept(situation: Situation, by: Hand | undefined): HoldingChange {
  const { entry, offer } = situation;
  const { silences: _silences, ...answered } = entry.value;
  return {
    ...over,
    ...changed(situation, { ...answered, state: nextEntryState(entry.value.state, 'accept') }),
    offer: {
      ...settled(situation, 'accept'),
      ...(by === undefined ? {} : { proxy: { by, atMs: situation.nowMs } }),
      appointment: 'booked',
    },
    place: 'keep',
    message: offerMessage('booked', offer.value),
    events: [recordEvent(situation, 'accepted', by)],
  };
}

/** The offer ends without an appointment, and its place is free. */
function release(
  situation: Situation,
  event: RecordEvent & { readonly type: 'declined' | 'expired' },
  entry: EntryRecord,
): HoldingChange {
  const { offer } = situation;
  return {
    ...over,
    ...changed(situation, entry),
    offer: settled(situation, event.type === 'declined' ? 'decline' : 'expire'),
    place: situation.freedPlace,
    // Who declines knows it already.
    ...(event.type === 'declined' ? {} : { message: offerMessage('expired', offer.value) }),
    events: [event],
  };
}

function expire(situation: Situation, { silencesAllowed }: SettlePolicy): HoldingChange {
  if (silencesAllowed === undefined) throw new Error('expiry needs to know the silences allowed');
  const { entry, nowMs } = situation;
  const expired = recordEvent(situation, 'expired');
  const silences = (entry.value.silences ?? 0) + 1;
  if (silences < silencesAllowed) {
    return release(situation, expired, {
      ...afterGivingUp(situation, 'release'),
      silences,
    });
  }
  const { held: _held, ...left } = entry.value;
  const state = nextEntryState(entry.value.state, 'expire');
  const gone = { ...left, silences, state, endedAtMs: nowMs };
  const change = release(situation, expired, gone);
  return { ...change, events: [...change.events, { type: 'withdrawn', entry: entry.value.id }] };
}

/**
 * Moves the end of an open offer to `deadlineMs`: later, and once in the life of the offer. Pure.
 */
export function decideExtension(
  { offer }: Pick<Situation, 'offer'>,
  deadlineMs: number,
): HoldingChange | 'as_it_is' {
  const { state, extended, deferred, deadlineMs: before, entry, slot } = offer.value;
  const [until, untilBefore] = [recordInstant(deadlineMs), recordInstant(before)];
  if (state !== 'pending' || extended || deferred || until <= untilBefore) return 'as_it_is';
  return {
    offerBefore: offer.raw,
    offer: { ...offer.value, deadlineMs, extended: true },
    place: 'keep',
    deadline: deadlineMs,
    events: [{ type: 'extended', entry, slot, until }],
  };
}

/** An offer after an event, at this instant. Pure. */
export function settled({ offer, nowMs }: Situation, event: OfferEvent): OfferRecord {
  const state = nextOfferState(offer.value.state, event);
  return { ...withoutDeferred(offer.value), state, settledAtMs: nowMs };
}

/** Whoever answers, if only to decline, is not silent. */
function entryAnswered(situation: Situation): EntryRecord {
  const { silences: _silences, ...answered } = afterGivingUp(situation, 'release');
  return answered;
}
