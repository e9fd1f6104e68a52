import { absenceMessage, suspended } from '../../domain/absences/suspension.ts';
import type { Origin } from '../../domain/entries/entry.ts';
import { HELPER_CATEGORIES } from '../../domain/helpers/mandate.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { newEntryId } from '../../identity/keys/ids.ts';
import { memberPath } from '../../identity/person/people.ts';
import { keysOfEntry } from '../../store/entries/keys.ts';
import { suspensionOf } from '../absences/suspension.ts';
import type { UseCaseDeps } from '../deps.ts';
import { addEntry } from './add.ts';
import type { Application } from './application.ts';
import { contactExhausted, mustCheckLater } from './person-keys.ts';
import { signReceipt } from './receipt.ts';
import { type Beginning, newEntry } from './record.ts';

export type EnterDeps = Pick<
  UseCaseDeps,
  'store' | 'metrics' | 'signals' | 'signer' | 'vault' | 'identityKeys' | 'registry'
>;

/** A person whom somebody else enters: an agent, or a helper. */
export interface EnteredPerson extends Application {
  readonly origin: Origin;
  /** This contact stands for many people: its limit does not count for this entry. */
  readonly sharedContact?: true;
  /** Given where something was noted for the entry before it is made. */
  readonly id?: string;
}

/** By whose hand, and when. */
export interface EnteredBy {
  /** Id of the agent, or of the helper. */
  readonly by: string;
  readonly nowMs: number;
}

export type Entered =
  | {
      readonly outcome: 'joined';
      readonly id: string;
      readonly receipt: string;
    }
  /** `member`: of a party, whose entry it is (`person`, `others[0]`). */
  | { readonly outcome: 'duplicate'; readonly id: string; readonly member?: string };

/**
 * Enters a person by the hand of somebody who answers for it: no code, the entry waits at once,
 * with the odds of any other.
 *
 * @throws DomainError `contact_exhausted`, `document_unknown`
 */
export async function enterPerson(
  deps: EnterDeps,
  ofPrefecture: Prefecture,
  given: EnteredPerson,
  { nowMs, by }: EnteredBy,
): Promise<Entered> {
  const { store, metrics } = deps;
  const { id: prefecture, settings } = ofPrefecture;
  const checkLater = await mustCheckLater(deps, given);
  const begins = beginningOf(given, nowMs);
  const of = { prefecture, nowMs, checkLater };
  const { entry: made, former, holderOf } = newEntry(deps, given, begins, of);
  const known = [...keysOfEntry(made).identities, ...former.formerIdentities];
  const suspension = await suspensionOf(store, ofPrefecture, known);
  const entry = suspension ? suspended(made, suspension) : made;
  const told = suspension ? [absenceMessage(made.id, suspension)] : [];
  const { email, phone, webhook, postal } = given.contact;
  const reachable = (email ?? phone ?? webhook ?? postal) !== undefined;
  const added = await addEntry(store, prefecture, entry, nowMs, {
    ...former,
    ...(isContactLimited(given) ? { entriesPerContact: settings.entriesPerContact } : {}),
    ...(checkLater ? { checkAtMs: nowMs } : {}),
    messages: reachable ? [messageId('welcome', entry.id, 1), ...told] : [],
  });
  const request_type = metrics.requestType(entry.requestType);
  metrics.joins.inc({ outcome: added.outcome, request_type });
  if (added.outcome === 'duplicate') {
    const member = memberPath(holderOf(added.identity));
    return { outcome: 'duplicate', id: added.entry, ...(given.others ? { member } : {}) };
  }
  if (added.outcome === 'exhausted') throw contactExhausted(added.contact);
  if (added.outcome !== 'joined')
    throw new Error(`an entry made for somebody was ${added.outcome}`);
  if (added.flagged) metrics.flags.inc({ outcome: 'raised' });
  const { origin } = entry;
  deps.signals.entered(prefecture, by, { entry: entry.id, origin, contact: given.contact, nowMs });
  const receipt = signReceipt(deps.signer, prefecture, entry);
  return { outcome: 'joined', id: entry.id, receipt };
}

/** It waits at once; told by post who has nothing else. */
function beginningOf({ id, origin, contact }: EnteredPerson, nowMs: number): Beginning {
  const { email, phone, webhook, postal } = contact;
  const isByPost = postal !== undefined && (email ?? phone ?? webhook) === undefined;
  return {
    id: id ?? newEntryId(),
    state: 'waiting',
    origin,
    waitingSinceMs: nowMs,
    ...(isByPost ? { letter: true as const } : {}),
  };
}

/** An agent who says why lifts the limit; a helper has a cap of its own instead. */
function isContactLimited({ sharedContact, origin }: EnteredPerson): boolean {
  const byHelper = HELPER_CATEGORIES.some((category) => category === origin);
  return sharedContact === undefined && !byHelper;
}
