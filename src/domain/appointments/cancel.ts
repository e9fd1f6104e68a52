import type { Hand } from '../../allocator/types.ts';
import { DomainError } from '../../base/errors.ts';
import type { AbsenceRule, Impediment } from '../absences/rule.ts';
import { judgeCancelled } from '../absences/suspension.ts';
import {
  afterGivingUp,
  appointmentOf,
  changed,
  type HoldingChange,
  offerMessage,
  recordEvent,
  type Situation,
} from '../offers/change.ts';
import { over, withoutDeferred } from '../offers/offer.ts';
import { nextAppointmentState } from './state.ts';

/**
 * What giving up an appointment changes: also, by the rule of the prefecture, that draws are sat
 * out, unless an impediment excuses it. `as_it_is`: it was given up already. Pure.
 *
 * @throws DomainError `appointment_not_found`, `appointment_settled` (also once it has begun)
 */
export function decideCancellation(
  situation: Situation,
  rule: AbsenceRule,
  { impediment, by }: { readonly impediment?: Impediment; readonly by?: Hand } = {},
): HoldingChange | 'as_it_is' {
  const { offer, nowMs } = situation;
  if (appointmentOf(offer.value) === 'cancelled') return 'as_it_is';
  const appointment = nextAppointmentState(appointmentOf(offer.value), 'cancel');
  if (nowMs >= Date.parse(offer.value.slotStart)) {
    throw new DomainError('appointment_settled', 'the appointment has begun');
  }
  const waiting = afterGivingUp(situation, 'cancel');
  const { entry, ...judged } = judgeCancelled(situation, waiting, rule, impediment);
  return {
    ...over,
    ...changed(situation, entry),
    ...judged,
    offer: { ...withoutDeferred(offer.value), appointment },
    place: situation.freedPlace,
    message: offerMessage('cancelled', offer.value),
    events: [recordEvent(situation, 'cancelled', by)],
  };
}
