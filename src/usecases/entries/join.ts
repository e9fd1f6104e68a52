import { createHmac, hash } from 'node:crypto';
import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { partyMember } from '../../domain/entries/party.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { newEntryId } from '../../identity/keys/ids.ts';
import { memberPath } from '../../identity/person/people.ts';
import type { JoinOutcome } from '../../store/entries/join.ts';
import type { Client } from '../abuse/signals.ts';
import type { UseCaseDeps } from '../deps.ts';
import { crowded } from '../limits/limits.ts';
import { asksBudgets } from '../limits/mailboxes.ts';
import { addEntry } from './add.ts';
import { type Application, checkApplication } from './application.ts';
import { contactExhausted, mustCheckLater } from './person-keys.ts';
import { signReceipt } from './receipt.ts';
import { newEntry } from './record.ts';
import { CODE_TRIES } from './verify.ts';

type Deps = Pick<
  UseCaseDeps,
  | 'store'
  | 'waker'
  | 'tokens'
  | 'signer'
  | 'vault'
  | 'identityKeys'
  | 'pseudonyms'
  | 'registry'
  | 'metrics'
  | 'limits'
  | 'personLimits'
  | 'proofOfWork'
  | 'signals'
>;

/** Who joins, with what they brought along. */
export interface Joining {
  readonly client: Client;
  readonly prefecture: Prefecture;
  readonly application: Application;
  readonly idempotencyKey: string | undefined;
  /** The solution as ALTCHA writes it; empty: none. */
  readonly solution: string;
  readonly nowMs: number;
}

/** What a person is told who has joined; the same whenever they ask again. */
export interface JoinedPerson {
  /** Id of the entry. */
  readonly entry: string;
  readonly requestType: string;
  readonly joinedAtMs: number;
  readonly codeExpiresAtMs: number;
  /** The secret that manages the entry. */
  readonly token: string;
  /** The signed receipt. */
  readonly receipt: string;
  /** Whether they had joined before, by the same request. */
  readonly isReplayed: boolean;
}

/**
 * Lets a person join by themselves: from the API and from the page, with the same checks, limits
 * and proof of work. One round trip to Redis where nothing special happens.
 *
 * @throws DomainError `request_type_unknown`, `document_refused`, `document_unknown`, `site_unknown`,
 *   `party_too_large`, `member_repeated`, `entry_duplicate`, `contact_exhausted`, `idempotency_mismatch`, `requests_too_many`, `work_missing`,
 *   `work_invalid`, `work_expired`, `work_spent`, `work_light`; `entry_not_found` if the entry of the key is gone
 */
export async function joinPerson(deps: Deps, joining: Joining): Promise<JoinedPerson> {
  const { prefecture, application, idempotencyKey: key, solution, nowMs } = joining;
  checkApplication(prefecture, application, nowMs);
  const context = { prefecture: prefecture.id, purpose: 'join', nowMs } as const;
  const work = deps.proofOfWork.check(solution, context);
  const loads = deps.proofOfWork.loads(joining.client.address, application.contact.email);
  const checkLater = await mustCheckLater(deps, application).catch(async (error: unknown) => {
    // Whoever tries out numbers spends a proof of work on a few of them.
    if (work) await deps.personLimits.attempt(prefecture.id, `work:${work.id}`);
    throw error;
  });
  const of = { prefecture: prefecture.id, nowMs, checkLater };
  const { entry, former, holderOf } = newEntry(
    deps,
    application,
    beginningOf(prefecture, nowMs),
    of,
  );
  const outcome = await addEntry(deps.store, prefecture.id, entry, nowMs, {
    ...former,
    entriesPerContact: prefecture.settings.entriesPerContact,
    messages: [messageId('code', entry.id, 1)],
    guard: {
      budgets: asksBudgets(deps, application.contact, joining.client.address),
      nowMs,
      ...(work === undefined ? {} : { work }),
      ...(loads === undefined ? {} : { loads }),
    },
    ...(checkLater ? { checkAtMs: nowMs } : {}),
    ...(key === undefined ? {} : { idempotency: idempotencyOf(key, application) }),
  });
  await settle(deps, joining, entry, outcome, holderOf);
  if (outcome.outcome === 'replayed') {
    const first = await replayed(deps, prefecture.id, outcome.entry);
    return { ...tell(deps, joining, first), isReplayed: true };
  }
  const joined = { entry: entry.id, origin: entry.origin, contact: application.contact, nowMs };
  deps.signals.joined(prefecture.id, joining.client, joined);
  deps.waker.soon('dispatch', prefecture.id);
  return { ...tell(deps, joining, entry), isReplayed: false };
}

/** It waits once the code was handed in. */
function beginningOf({ settings }: Prefecture, nowMs: number) {
  const expiresAtMs = nowMs + settings.codeMinutes * minuteMs;
  const code = { round: 1, triesLeft: CODE_TRIES, expiresAtMs };
  return { id: newEntryId(), state: 'unverified', origin: 'online', code } as const;
}

/** Counts what came of it, and refuses what was not taken. */
async function settle(
  deps: Pick<Deps, 'metrics' | 'personLimits' | 'proofOfWork'>,
  { prefecture, application }: Joining,
  entry: EntryRecord,
  outcome: JoinOutcome,
  holderOf: (identity: string) => number,
): Promise<void> {
  const { metrics } = deps;
  const request_type = metrics.requestType(entry.requestType);
  metrics.joins.inc({ outcome: outcome.outcome, request_type });
  if (outcome.outcome === 'spent') throw deps.proofOfWork.spent();
  if (outcome.outcome === 'light') throw deps.proofOfWork.light();
  if (outcome.outcome === 'crowded') {
    metrics.requestsRefused.inc();
    throw crowded(outcome.waitMs);
  }
  if (outcome.outcome === 'duplicate') {
    // Nothing was written, so counting now stops as much as counting before. Whoever puts the
    // documents of others behind a made-up person gets no more tries by that.
    const tried = application.others ? outcome.identity : entry.identity;
    await deps.personLimits.attempt(prefecture.id, tried);
    throw duplicate(application.others && memberPath(holderOf(outcome.identity)));
  }
  if (outcome.outcome === 'joined' && outcome.flagged) metrics.flags.inc({ outcome: 'raised' });
  refuse(outcome);
}

/**
 * Says what stands in the way, to somebody who has shown no more than what they typed. So it is the
 * same whichever of the documents is known, in whatever state the entry is, and nothing is said of
 * it (ADR 0033). Of a party it says which person, and no more (ADR 0053).
 */
function duplicate(member: string | undefined): DomainError {
  return new DomainError(
    'entry_duplicate',
    'a person has one entry for a request type, and there is one for what you gave: go on with ' +
      'that one. If you cannot, or did not make it, show your document at the desk',
    member,
  );
}

function refuse(joined: JoinOutcome): void {
  if (joined.outcome === 'mismatch') {
    throw new DomainError('idempotency_mismatch', 'this key was used for another request');
  }
  if (joined.outcome === 'exhausted') throw contactExhausted(joined.contact);
}

/**
 * The key itself is the secret of the fingerprint, and only its hash is stored: who reads the
 * store cannot try out names and numbers against it.
 */
function idempotencyOf(key: string, application: Application) {
  return {
    keyHash: hash('sha256', key, 'base64url'),
    fingerprint: createHmac('sha256', key).update(JSON.stringify(application)).digest('base64url'),
  };
}

async function replayed(
  { store }: Pick<Deps, 'store'>,
  prefecture: string,
  id: string,
): Promise<EntryRecord> {
  const entry = await store.entries.get(prefecture, id);
  if (!entry) throw new DomainError('entry_not_found', 'the entry of this key is gone');
  return entry;
}

/** As it was when it joined, whatever has become of it since: the answer never changes. */
function tell(
  { tokens, signer }: Pick<Deps, 'tokens' | 'signer'>,
  { prefecture, application }: Joining,
  { id, joinedAtMs }: EntryRecord,
): Omit<JoinedPerson, 'isReplayed'> {
  const { requestType, accepts, others = [] } = application;
  const wishes = {
    ...partyMember(1 + others.length),
    ...(accepts === undefined ? {} : { accepts }),
  };
  const joined = { id, joinedAtMs, requestType, ...wishes };
  return {
    entry: id,
    requestType,
    joinedAtMs,
    codeExpiresAtMs: joinedAtMs + prefecture.settings.codeMinutes * minuteMs,
    token: tokens.entryToken(prefecture.id, id),
    receipt: signReceipt(signer, prefecture.id, joined),
  };
}
