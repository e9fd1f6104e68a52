import { type Attendance, tallyOf } from '../../domain/appointments/attend.ts';
import { checkDue } from '../../domain/appointments/due.ts';
import { parseOfferId } from '../../domain/offers/id.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Document } from '../../identity/person/person.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { UseCaseDeps } from '../deps.ts';

/** Whether somebody came, and the document that was shown, if any. */
export interface SeenAtDesk {
  readonly attended: boolean;
  readonly document?: Document;
  /** As the person says it, who has no document. */
  readonly name?: string;
}

/**
 * Notes what an agent saw at the desk. Repeating it changes nothing.
 *
 * @throws DomainError `appointment_early`, `appointment_not_found`, `appointment_settled`
 */
export async function attendAppointment(
  deps: Pick<UseCaseDeps, 'store' | 'identityKeys' | 'metrics' | 'waker'>,
  { id, settings }: Prefecture,
  appointmentId: string,
  seen: SeenAtDesk,
  nowMs: number,
): Promise<OfferRecord> {
  const { store, metrics, waker } = deps;
  const { timeZone } = settings;
  const before = await store.offers.get(id, appointmentId);
  if (before) checkDue(before, { attended: seen.attended, nowMs, timeZone });
  const attendance = await attendanceOf(deps, id, appointmentId, seen);
  const offer = await store.offers.attend(id, appointmentId, attendance, nowMs);
  if (before?.appointment !== offer.appointment) {
    metrics.attendance.inc({ outcome: tallyOf[attendance] });
  }
  // Whoever missed it is told what that costs.
  if (attendance === 'miss') waker.soon('dispatch', id);
  if (attendance === 'refuse') {
    // A place is free, if it is not too late for it.
    waker.soon('offers', id);
    waker.soon('register', id);
  }
  return offer;
}

/**
 * The document is compared by its keyed hashes, under every key of the keyring: nothing is opened
 * for it, and any document that the person joined with will do.
 */
async function attendanceOf(
  { store, identityKeys }: Pick<UseCaseDeps, 'store' | 'identityKeys'>,
  prefecture: string,
  appointmentId: string,
  { attended, document, name = '' }: SeenAtDesk,
): Promise<Attendance> {
  if (!attended) return 'miss';
  if (document === undefined) return 'attend_unchecked';
  const { entry: entryId = '' } = parseOfferId(appointmentId) ?? {};
  const entry = await store.entries.get(prefecture, entryId);
  // What is not there is refused, in its own words, by whoever looks for the appointment.
  if (!entry) return 'attend';
  const { identities } = keysOfEntry(entry);
  const shown = identityKeys.allKeysOf(prefecture, entry.requestType, document, name);
  return shown.some((identity) => identities.includes(identity)) ? 'attend' : 'refuse';
}
