import type { Hand } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { AbsenceRule, Impediment } from '../absences/rule.ts';
import { decideCancellation } from '../appointments/cancel.ts';
import { proxySubject } from '../messages/acts.ts';
import { messageId } from '../messages/id.ts';
import { appointmentOf, type HoldingChange, type Situation } from './change.ts';
import { offerEnd } from './end.ts';
import { type Deferred, type DeferredAct, type OfferRecord, withoutDeferred } from './offer.ts';
import { decideSettlement } from './settle.ts';
import { nextOfferState } from './state.ts';

// What staff or a helper gives up for a person takes effect later, so that its person, who is told at
// once, can say that it was not theirs. Until then nothing is public and nobody else gets the place.

/** Somebody's wish to give up for a person what it holds. */
export interface ProxyWish {
  readonly act: DeferredAct;
  readonly by: Hand;
  readonly impediment?: Impediment | undefined;
}

/**
 * Notes what another hand gives up. `as_it_is`: it is noted, or done, already. It takes effect after
 * `undoMinutes`, but never after the offer ends or the appointment begins. Pure.
 *
 * @throws DomainError `offer_settled`, `appointment_not_found`, `appointment_settled` if there is nothing
 * of the kind to be given up
 */
export function decideDeferral(
  situation: Situation,
  { act, by, impediment }: ProxyWish,
  { undoMinutes, graceUntilMs }: { readonly undoMinutes: number; readonly graceUntilMs: number },
): HoldingChange | 'as_it_is' {
  const { offer, nowMs } = situation;
  if (isGivenUp(offer.value, act) || offer.value.deferred?.act === act) return 'as_it_is';
  const endsMs = endOfHolding(situation, act, graceUntilMs);
  const dueAtMs = Math.min(nowMs + undoMinutes * minuteMs, endsMs);
  const deferred: Deferred = {
    ...{ act, by, atMs: nowMs, dueAtMs },
    ...(impediment === undefined ? {} : { impediment }),
  };
  return {
    offerBefore: offer.raw,
    offer: { ...withoutDeferred(offer.value), deferred },
    place: 'keep',
    deadline: dueAtMs,
    message: messageId('acted_for', offer.value.entry, proxySubject(nowMs, by, act)),
    events: [],
  };
}

/** Whether what was wished is so already. */
function isGivenUp({ state, appointment }: OfferRecord, act: DeferredAct): boolean {
  return act === 'decline' ? state === 'declined' : act === 'cancel' && appointment === 'cancelled';
}

/** Until when there is something to give up. */
function endOfHolding({ offer, nowMs }: Situation, act: DeferredAct, graceUntilMs: number): number {
  const { state, slotStart } = offer.value;
  if (act === 'decline' || (act === 'withdraw' && state === 'pending')) {
    nextOfferState(state, 'decline');
    return Math.max(nowMs, offerEnd(offer.value, graceUntilMs));
  }
  const startsMs = Date.parse(slotStart);
  if (appointmentOf(offer.value) !== 'booked' || nowMs >= startsMs) {
    throw new DomainError('appointment_settled', 'the appointment has begun, or is no more');
  }
  return startsMs;
}

/**
 * What takes effect of what another hand gave up; leaving the list is no change of an offer, and stays as
 * it is. An appointment counts as given up when it was asked for. Pure.
 */
export function decideDeferred(
  situation: Situation,
  rule: AbsenceRule,
): HoldingChange | 'as_it_is' {
  const offer = situation.offer.value;
  if (!isDue(offer, situation.nowMs)) return 'as_it_is';
  const { act, by, atMs, impediment } = offer.deferred;
  if (act === 'decline') return decideSettlement(situation, 'decline', { by });
  if (act === 'withdraw') return 'as_it_is';
  const asked = { ...situation, nowMs: atMs };
  return decideCancellation(asked, rule, {
    by,
    ...(impediment === undefined ? {} : { impediment }),
  });
}

/** Until when a person can give back what was accepted for them (ms). Pure. */
export function undoEnd({ atMs }: NonNullable<OfferRecord['proxy']>, undoMinutes: number): number {
  return atMs + undoMinutes * minuteMs;
}

/** Whether what another hand gave up takes effect now. Pure. */
export function isDue(
  offer: OfferRecord,
  nowMs: number,
): offer is OfferRecord & { readonly deferred: Deferred } {
  return offer.deferred !== undefined && nowMs >= offer.deferred.dueAtMs;
}

/**
 * What a person undoes that another hand did: a deferred act is as if it had never been; an appointment
 * that was accepted for them is given up, and costs nothing. `as_it_is`: undone already. Pure.
 *
 * @throws DomainError `answer_final` if nothing of the kind can be undone any more
 */
export function decideUndoing(
  situation: Situation,
  undoMinutes: number,
): HoldingChange | 'as_it_is' {
  const { offer, nowMs } = situation;
  const { state, deferred, proxy, appointment, deadlineMs } = offer.value;
  if (deferred) {
    return {
      offerBefore: offer.raw,
      offer: { ...withoutDeferred(offer.value), undone: true },
      place: 'keep',
      deadline: state === 'pending' ? deadlineMs : 'none',
      events: [],
      counts: 'undone',
    };
  }
  const isFresh = proxy !== undefined && nowMs < undoEnd(proxy, undoMinutes);
  if (appointment === 'booked' && isFresh) {
    const change = decideCancellation(situation, { absenceDraws: 0, lateCancelHours: 0 });
    if (change === 'as_it_is') return change;
    return { ...change, offer: { ...change.offer, undone: true }, counts: 'undone' };
  }
  if (offer.value.undone) return 'as_it_is';
  throw new DomainError('answer_final', 'there is nothing that you could undo any more');
}
