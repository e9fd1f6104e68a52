import type { AttendanceInput } from '../../api/draws/schemas.ts';
import { DomainError } from '../../base/errors.ts';
import type { OfferRecord } from '../../domain/offers/offer.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import type { Attendance } from '../../store/offers/attend.ts';
import { parseOfferId } from '../../store/offers/codec.ts';
import type { UseCaseDeps } from '../deps.ts';
import { localDay } from '../helpers/mandate.ts';

/**
 * Lets pass what can have happened: people come on the day of the appointment, and are missed once
 * it has begun. A slip of the desk would else end the entry of somebody whose day is weeks ahead.
 * Pure.
 *
 * @throws DomainError `appointment_early`
 */
export function checkDue(
  prefecture: Prefecture,
  { appointment, slotStart }: Pick<OfferRecord, 'appointment' | 'slotStart'>,
  { attended, nowMs }: { readonly attended: boolean; readonly nowMs: number },
): void {
  if (appointment !== 'booked') return; // what it is instead is told by whoever changes it
  const startMs = Date.parse(slotStart);
  const isDue = attended
    ? localDay(prefecture, nowMs) >= localDay(prefecture, startMs)
    : nowMs >= startMs;
  if (!isDue) throw new DomainError('appointment_early', 'this appointment is still to come');
}

/**
 * What an agent saw at the desk. The document is compared by its keyed hashes, under every key of
 * the keyring: nothing is opened for it, and any document that the person joined with will do.
 */
export async function attendanceOf(
  { store, identityKeys }: Pick<UseCaseDeps, 'store' | 'identityKeys'>,
  prefecture: string,
  appointmentId: string,
  { attended, document, name = '' }: AttendanceInput,
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
