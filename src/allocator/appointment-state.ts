import { DomainError } from './errors.ts';

export const APPOINTMENT_STATES = ['booked', 'attended', 'no_show', 'cancelled'] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

export type AppointmentEvent = 'attend' | 'miss' | 'cancel';

/** The whole life of an appointment. A pair missing here cannot happen. */
const transitions: Record<AppointmentState, Partial<Record<AppointmentEvent, AppointmentState>>> = {
  booked: { attend: 'attended', miss: 'no_show', cancel: 'cancelled' },
  attended: {},
  no_show: {},
  cancelled: {},
};

/**
 * The state of an appointment after an event. Pure.
 *
 * @throws DomainError `appointment_settled` if the appointment can no longer change.
 */
export function nextAppointmentState(
  state: AppointmentState,
  event: AppointmentEvent,
): AppointmentState {
  const next = transitions[state][event];
  if (!next) {
    throw new DomainError('appointment_settled', `cannot ${event} an appointment that is ${state}`);
  }
  return next;
}
