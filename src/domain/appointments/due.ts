import { DomainError } from '../../base/errors.ts';
import { localDate } from '../local-time.ts';
import type { OfferRecord } from '../offers/offer.ts';

/** What an agent says of an appointment, when, and where clocks show which time. */
export interface Seen {
  readonly attended: boolean;
  readonly nowMs: number;
  readonly timeZone: string;
}

/**
 * Lets pass what can have happened: people come on the day of the appointment, and are missed once
 * it has begun. A slip of the desk would else end the entry of somebody whose day is weeks ahead.
 * Pure.
 *
 * @throws DomainError `appointment_early`
 */
export function checkDue(
  { appointment, slotStart }: Pick<OfferRecord, 'appointment' | 'slotStart'>,
  { attended, nowMs, timeZone }: Seen,
): void {
  if (appointment !== 'booked') return; // what it is instead is told by whoever changes it
  const startMs = Date.parse(slotStart);
  const isDue = attended
    ? localDate(nowMs, timeZone) >= localDate(startMs, timeZone)
    : nowMs >= startMs;
  if (!isDue) throw new DomainError('appointment_early', 'this appointment is still to come');
}
