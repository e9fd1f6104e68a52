import { DomainError } from '../../base/errors.ts';

export const APPOINTMENT_STATES = [
  'booked',
  'attended',
  'no_show',
  'cancelled',
  /** Somebody came with the document of another person. */
  'refused',
  /** Taken back by the service: a slot was closed, or the office could not keep it. */
  'revoked',
] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** What is counted of appointments for the public, for ever. */
export const TALLIES = ['attended', 'unchecked', 'no_show', 'refused'] as const;
export type Tally = (typeof TALLIES)[number];

export type AppointmentEvent = 'attend' | 'miss' | 'cancel' | 'refuse' | 'revoke';

/** The whole life of an appointment. A pair missing here cannot happen. */
const transitions: Record<AppointmentState, Partial<Record<AppointmentEvent, AppointmentState>>> = {
  booked: {
    attend: 'attended',
    miss: 'no_show',
    cancel: 'cancelled',
    refuse: 'refused',
    revoke: 'revoked',
  },
  attended: {},
  no_show: {},
  cancelled: {},
  // A number misread at the desk is put right.
  refused: { attend: 'attended' },
  revoked: {},
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
