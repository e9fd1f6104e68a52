import { parseOfferId } from '../store/codec-offer.ts';
import { keysOfEntry } from '../store/entry-keys.ts';
import type { Attendance } from '../store/offers-settle.ts';
import type { ApiDeps } from './deps.ts';
import type { AttendanceInput } from './schemas/draws.ts';

/**
 * What an agent saw at the desk. The document is compared by its keyed hashes, under every key of
 * the keyring: nothing is opened for it, and any document that the person joined with will do.
 */
export async function attendanceOf(
  { store, identityKeys }: Pick<ApiDeps, 'store' | 'identityKeys'>,
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
