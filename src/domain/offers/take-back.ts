import type { Cause, RecordEvent } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { nextAppointmentState } from '../appointments/state.ts';
import { withDebt, withoutDebtsOf } from '../entries/amends.ts';
import type { EntryRecord } from '../entries/entry.ts';
import { withoutRestOf } from '../entries/resting.ts';
import type { SlotClosure } from '../slots/closure.ts';
import {
  backToWaiting,
  changed,
  type HoldingChange,
  offerMessage,
  type Situation,
} from './change.ts';
import { type OfferRecord, over, withoutDeferred } from './offer.ts';
import { settled } from './settle.ts';

// What the service takes back: nobody is at fault, nothing is counted as an absence, and in lottery/v2
// the entry is owed a place (§9).

/**
 * What the office takes back of one person: an open offer, or an appointment; its place is free for
 * others. `as_it_is`: it was taken back already. Pure.
 *
 * @throws DomainError `appointment_settled` if nothing is left to be taken back
 */
export function decideRevocation(
  situation: Situation,
  why: { readonly cause: Cause; readonly closure?: string },
): HoldingChange | 'as_it_is' {
  const { offer, entry, freedPlace } = situation;
  const { state, appointment } = offer.value;
  if (state === 'revoked' || appointment === 'revoked') return 'as_it_is';
  const back = takenBack(situation, why);
  if (!back) throw new DomainError('appointment_settled', 'there is nothing to take back any more');
  const { slot } = offer.value;
  return {
    ...back,
    place: freedPlace,
    events: [{ type: 'revoked', entry: entry.value.id, slot, cause: why.cause }],
  };
}

/**
 * What a closed slot takes from one who holds a place of it; undefined if nothing is held any more.
 * Its places are gone: nobody is next. In lottery/v2 the event of the slot says it for all. Pure.
 */
export function decideClosing(
  situation: Situation,
  { id, cause }: SlotClosure,
): HoldingChange | undefined {
  const { offer, entry, ofDraw } = situation;
  const back = takenBack(situation, { cause, closure: id });
  if (!back) return undefined;
  const { slot } = offer.value;
  const revoked: RecordEvent = { type: 'revoked', entry: entry.value.id, slot, cause };
  return {
    ...back,
    place: 'keep',
    closes: cause,
    events: ofDraw.algorithm === 'lottery/v1' ? [revoked] : [],
  };
}

/** Offer and entry without what is held; undefined if nothing is. */
function takenBack(
  situation: Situation,
  why: { readonly cause: Cause; readonly closure?: string },
) {
  const gone = withoutHolding(situation);
  if (!gone) return undefined;
  const { algorithm, number } = situation.ofDraw;
  const waiting = algorithm === 'lottery/v1' ? gone.waiting : withDebt(gone.waiting, number);
  return {
    ...over,
    ...changed(situation, waiting),
    offer: { ...gone.offer, ...why },
    message: offerMessage('revoked', gone.offer),
  };
}

/** An open offer ends as revoked; so does an appointment. */
function withoutHolding(
  situation: Situation,
): { readonly offer: OfferRecord; readonly waiting: EntryRecord } | undefined {
  const { state, appointment } = situation.offer.value;
  if (state === 'pending') {
    const offer = settled(situation, 'revoke');
    return { offer, waiting: backToWaiting(situation, 'release') };
  }
  if (appointment !== 'booked') return undefined;
  const offer = {
    ...withoutDeferred(situation.offer.value),
    appointment: nextAppointmentState(appointment, 'revoke'),
  };
  return { offer, waiting: backToWaiting(situation, 'cancel') };
}

/**
 * What a void draw takes back of one who got an offer of it: what is held, and what the draw changed
 * of its entry (lottery/v2 §9 leaves void draws out). Undefined if there is nothing. Nothing may follow
 * `void` in the record. `isClosed`: the slot has no places to give back. Pure.
 */
export function decideUnwinding(
  situation: Situation,
  { isClosed = false }: { readonly isClosed?: boolean } = {},
): HoldingChange | undefined {
  const { offer, freedPlace } = situation;
  if (offer.value.unwound) return undefined;
  const gone = withoutHolding(situation);
  const held = gone?.waiting ?? situation.entry.value;
  const entry = undone(situation, held);
  if (!gone && entry === held) return undefined;
  const place = gone && !isClosed ? freedPlace : 'keep';
  const message = gone && offerMessage('revoked', offer.value);
  return {
    ...(gone ? over : {}),
    ...changed(situation, entry),
    offer: { ...(gone ? fallen(gone.offer) : offer.value), unwound: true },
    place,
    ...(isClosed ? { evenIfClosed: true } : {}),
    ...(message ? { message } : {}),
    events: [],
  };
}

/** An appointment of a void draw has always been called cancelled. */
function fallen(offer: OfferRecord): OfferRecord {
  return offer.appointment === undefined ? offer : { ...offer, appointment: 'cancelled' };
}

function undone({ offer, ofDraw }: Situation, entry: EntryRecord): EntryRecord {
  if (ofDraw.algorithm === 'lottery/v1') return entry;
  const without = withoutDebtsOf(entry, ofDraw.number);
  // Who was never told of an offer has not been counted as somebody who took part.
  return offer.value.unopened ? without : withoutRestOf(without, ofDraw.number);
}
