import { createHmac, hash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { checkApplication } from '../../api/entries/application.ts';
import type { Joined, JoinRequest } from '../../api/entries/schemas.ts';
import { clientOf } from '../../api/http/mount.ts';
import { instant } from '../../api/http/schemas.ts';
import { DomainError, LimitReached } from '../../base/errors.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import { newEntryId } from '../../identity/keys/ids.ts';
import { normaliseEmail } from '../../identity/person/normalise.ts';
import type { JoinGuard, JoinOutcome } from '../../store/entries/join.ts';
import type { UseCaseDeps } from '../deps.ts';
import { addEntry } from './add.ts';
import { contactExhausted, mustCheckLater, personMembers } from './person-keys.ts';
import { type ReceivedEntry, signReceipt } from './receipt.ts';
import { CODE_TRIES } from './verify.ts';

/** Who joins, with what they brought along. */
export interface Joining {
  /** Its address and program count; its body is not looked at. */
  readonly req: Request;
  /** Gets the headers of a refusal, and of a repeated answer. */
  readonly res: Response;
  readonly prefecture: Prefecture;
  readonly body: JoinRequest;
  readonly idempotencyKey: string | undefined;
  /** The solution as ALTCHA writes it; empty: none. */
  readonly solution: string;
  readonly nowMs: number;
}

/**
 * Lets a person join by themselves: from the API and from the page, with the same checks, limits
 * and proof of work. One round trip to Redis where nothing special happens.
 *
 * @throws DomainError `request_type_unknown`, `document_refused`, `document_unknown`, `site_unknown`,
 *   `entry_duplicate`, `contact_exhausted`, `idempotency_mismatch`, `requests_too_many`, `work_missing`,
 *   `work_invalid`, `work_expired`, `work_spent`
 */
export async function joinPerson(
  deps: UseCaseDeps,
  joining: Joining,
): Promise<z.infer<typeof Joined>> {
  const { store, tokens } = deps;
  const { req, res, prefecture, body, idempotencyKey: key, solution, nowMs } = joining;
  checkApplication(prefecture, body);
  const context = { prefecture: prefecture.id, purpose: 'join', nowMs } as const;
  const work = deps.proofOfWork.check(solution, context);
  const checkLater = await mustCheckLater(deps, body.person).catch(async (error: unknown) => {
    // Whoever tries out numbers spends a proof of work on a few of them.
    if (work) await deps.personLimits.attempt(prefecture.id, `work:${work.id}`);
    throw error;
  });
  const { entry, former } = newEntry(deps, prefecture, { ...body, checkLater }, nowMs);
  const outcome = await addEntry(store, prefecture.id, entry, nowMs, {
    ...former,
    entriesPerContact: prefecture.settings.entriesPerContact,
    messages: [`code.${entry.id}.1`],
    guard: {
      ...guardOf(deps, body.contact, nowMs),
      ...(work === undefined ? {} : { work }),
    },
    ...(checkLater ? { checkAtMs: nowMs } : {}),
    ...(key === undefined ? {} : { idempotency: idempotencyOf(key, body) }),
  });
  await settle(deps, joining, entry, outcome);
  let answered = entry;
  if (outcome.outcome === 'replayed') {
    answered = await replayed(deps, prefecture.id, outcome.entry);
    res.setHeader('Idempotency-Replayed', 'true');
  } else {
    const { origin } = entry;
    const joined = { entry: entry.id, origin, contact: body.contact, nowMs };
    deps.signals.joined(prefecture.id, clientOf(req), joined);
    deps.waker.soon('dispatch', prefecture.id);
  }
  const token = tokens.entryToken(prefecture.id, answered.id);
  const { id, joinedAtMs } = answered;
  // As it was when it joined, whatever has become of it since: the answer never changes.
  const { requestType, accepts } = body;
  const joined = { id, joinedAtMs, requestType, ...(accepts === undefined ? {} : { accepts }) };
  return answerOf(prefecture, joined, token, signReceipt(deps.signer, prefecture.id, joined));
}

/** Counts what came of it, and refuses what was not taken. */
async function settle(
  deps: UseCaseDeps,
  { prefecture, nowMs }: Joining,
  entry: EntryRecord,
  outcome: JoinOutcome,
): Promise<void> {
  const { metrics } = deps;
  const request_type = metrics.requestType(entry.requestType);
  metrics.joins.inc({ outcome: outcome.outcome, request_type });
  if (outcome.outcome === 'spent') throw deps.proofOfWork.spent();
  if (outcome.outcome === 'crowded') {
    metrics.requestsRefused.inc();
    throw crowded(nowMs);
  }
  if (outcome.outcome === 'duplicate') {
    // Nothing was written, so counting now stops as much as counting before.
    await deps.personLimits.attempt(prefecture.id, entry.identity);
  }
  if (outcome.outcome === 'joined' && outcome.flagged) metrics.flags.inc({ outcome: 'raised' });
  refuse(outcome);
}

function guardOf(
  { pseudonyms, limits }: Pick<UseCaseDeps, 'pseudonyms' | 'limits'>,
  { email, phone }: JoinRequest['contact'],
  nowMs: number,
): JoinGuard {
  const mailboxes = [
    ...(email === undefined ? [] : [pseudonyms.of('mailbox', normaliseEmail(email))]),
    ...(phone === undefined ? [] : [pseudonyms.of('phone', phone)]),
  ];
  return { mailboxes, messagesPerHour: limits.messagesPerHour, nowMs };
}

function crowded(nowMs: number): LimitReached {
  const seconds = Math.ceil((hourMs - (nowMs % hourMs)) / 1000);
  const detail = `too many messages to this address or number: try again in ${seconds} s`;
  return new LimitReached(detail, seconds, 'contact');
}

type Application = JoinRequest & { readonly checkLater: boolean };

/**
 * Says what stands in the way, to somebody who has shown no more than what they typed. So it is the
 * same whichever of the documents is known, in whatever state the entry is, and nothing is said of
 * it (ADR 0033).
 */
function refuse(joined: JoinOutcome): void {
  if (joined.outcome === 'mismatch') {
    throw new DomainError('idempotency_mismatch', 'this key was used for another request');
  }
  if (joined.outcome === 'duplicate') {
    throw new DomainError(
      'entry_duplicate',
      'a person has one entry for a request type, and there is one for what you gave: go on with ' +
        'that one. If you cannot, or did not make it, show your document at the desk',
    );
  }
  if (joined.outcome === 'exhausted') throw contactExhausted(joined.contact);
}

function newEntry(
  deps: Pick<UseCaseDeps, 'vault' | 'identityKeys'>,
  { id: prefecture, settings }: Prefecture,
  { requestType, person, contact, language, accepts, checkLater }: Application,
  nowMs: number,
) {
  const id = newEntryId();
  const of = { prefecture, requestType, id };
  const { members, former } = personMembers(deps, of, { ...person, ...contact });
  const entry: EntryRecord = {
    id,
    state: 'unverified',
    requestType,
    missed: 0,
    language,
    origin: 'online',
    ...members,
    joinedAtMs: nowMs,
    code: { round: 1, triesLeft: CODE_TRIES, expiresAtMs: nowMs + settings.codeMinutes * minuteMs },
    ...(accepts === undefined ? {} : { accepts }),
    ...(checkLater ? { documentCheck: 'due' } : {}),
  };
  return { entry, former };
}

/**
 * The key itself is the secret of the fingerprint, and only its hash is stored: who reads the
 * store cannot try out names and numbers against it.
 */
function idempotencyOf(key: string, body: JoinRequest) {
  return {
    keyHash: hash('sha256', key, 'base64url'),
    fingerprint: createHmac('sha256', key).update(JSON.stringify(body)).digest('base64url'),
  };
}

async function replayed(
  { store }: Pick<UseCaseDeps, 'store'>,
  prefecture: string,
  id: string,
): Promise<EntryRecord> {
  const entry = await store.entries.get(prefecture, id);
  if (!entry) throw new DomainError('entry_not_found', 'the entry of this key is gone');
  return entry;
}

/** The answer as it was first given: it tells nothing of what happened since. */
function answerOf(
  { id, settings }: Prefecture,
  entry: ReceivedEntry,
  token: string,
  jws: string,
): z.infer<typeof Joined> {
  return {
    id: entry.id,
    token,
    state: 'unverified',
    receipt: {
      entry: entry.id,
      prefecture: id,
      requestType: entry.requestType,
      joinedAt: instant(entry.joinedAtMs),
      codeExpiresAt: instant(entry.joinedAtMs + settings.codeMinutes * minuteMs),
      jws,
    },
  };
}
