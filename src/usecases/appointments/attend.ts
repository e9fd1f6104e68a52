import { type Attendance, tallyOf } from '../../domain/appointments/attend.ts';
import { checkDue } from '../../domain/appointments/due.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { peopleOf } from '../../domain/entries/party.ts';
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
  /** Others of a party who came, each with a document or as a child is known: name and birth date. */
  readonly others?: readonly SeenMember[];
}

export interface SeenMember {
  readonly document?: Document;
  readonly name?: string;
  readonly birthDate?: string;
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
  const noted = await attendanceOf(deps, id, appointmentId, seen);
  const { attendance, membersMissing } = noted;
  const offer = await store.offers.attend(id, appointmentId, attendance, nowMs, membersMissing);
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
 * Documents are compared by their keyed hashes, under every key of the keyring: nothing is opened
 * for it, and any document that the people joined with will do.
 */
async function attendanceOf(
  { store, identityKeys }: Pick<UseCaseDeps, 'store' | 'identityKeys'>,
  prefecture: string,
  appointmentId: string,
  seen: SeenAtDesk,
): Promise<{ readonly attendance: Attendance; readonly membersMissing?: number }> {
  const { attended, document, others = [] } = seen;
  if (!attended) return { attendance: 'miss' };
  const { entry: entryId = '' } = parseOfferId(appointmentId) ?? {};
  const entry = await store.entries.get(prefecture, entryId);
  // What is not there is refused, in its own words, by whoever looks for the appointment.
  if (!entry) return { attendance: 'attend' };
  const { identities } = keysOfEntry(entry);
  const shown = [...(document ? [seen] : []), ...others].map((one) =>
    identities.findIndex((identity) =>
      keysShown(identityKeys, prefecture, entry, one).has(identity),
    ),
  );
  const known = new Set(shown.filter((at) => at !== -1)).size;
  // Without a document to compare somebody is there all the same, as the reason says.
  const came = known + (document === undefined ? 1 : 0);
  if (came === 0) return { attendance: 'refuse' };
  return {
    attendance: document === undefined ? 'attend_unchecked' : 'attend',
    membersMissing: Math.max(0, peopleOf(entry) - came),
  };
}

function keysShown(
  identityKeys: UseCaseDeps['identityKeys'],
  prefecture: string,
  { requestType }: EntryRecord,
  { document, name = '', birthDate }: SeenMember,
): ReadonlySet<string> {
  if (document) return new Set(identityKeys.allKeysOf(prefecture, requestType, document, name));
  if (birthDate === undefined) return new Set();
  return new Set(identityKeys.childKeysOf(prefecture, requestType, { name, birthDate }));
}
