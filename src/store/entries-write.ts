import { z } from 'zod';
import { isLiveEntry } from '../allocator/entry-state.ts';
import { DomainError } from '../allocator/errors.ts';
import { countField, decodeEntry, encodeEntry } from './codec-entry.ts';
import { keysOf } from './keys.ts';
import { limitKey } from './limits.ts';
import type { Connection } from './redis.ts';
import { Script } from './script.ts';
import type { EntryRecord, MessageId } from './types.ts';

/** Attempts before giving up on an entry that others keep changing. */
export const CAS_ATTEMPTS = 20;

export interface JoinOptions {
  /** Hash of the client's Idempotency-Key, and fingerprint of what it asked. Neither has a space. */
  readonly idempotency?: { readonly keyHash: string; readonly fingerprint: string };
  /** Messages that become due with the entry. */
  readonly messages: readonly MessageId[];
  /** What a join from outside must get past, in the same atomic step. */
  readonly guard?: JoinGuard;
}

export interface JoinGuard {
  /** The proof of work it came with, and how long it could be handed in again. */
  readonly work?: { readonly id: string; readonly ttlSeconds: number };
  /** Pseudonyms of the mailbox and the telephone that get a message. */
  readonly mailboxes: readonly string[];
  readonly messagesPerHour: number;
  readonly nowMs: number;
}

export type JoinOutcome =
  | { readonly outcome: 'joined' }
  /** The same request again: this entry answered it. */
  | { readonly outcome: 'replayed'; readonly entry: string }
  /** The Idempotency-Key was used for another request. */
  | { readonly outcome: 'mismatch' }
  /** The person has this live entry already. */
  | { readonly outcome: 'duplicate'; readonly entry: string }
  /** The proof of work was handed in before. */
  | { readonly outcome: 'spent' }
  /** A mailbox or telephone had as many messages within the hour as it may. */
  | { readonly outcome: 'crowded' };

export interface EntryChange {
  readonly entry: EntryRecord;
  readonly messages?: readonly MessageId[];
}

const JoinReply = z.tuple([
  z.enum(['joined', 'replayed', 'mismatch', 'duplicate', 'conflict', 'spent', 'crowded']),
  z.string(),
]);
const joinScript = new Script('join.lua', JoinReply);
const changeScript = new Script('change-entry.lua', z.enum(['changed', 'conflict']));

/** How long an Idempotency-Key is remembered. */
const idempotencySeconds = 24 * 3600;

/** Adds an entry, in one atomic step. One that waits at once gets the number of the latest draw. */
export async function joinEntry(
  redis: Connection,
  prefecture: string,
  entry: EntryRecord,
  { idempotency, messages, guard }: JoinOptions,
): Promise<JoinOutcome> {
  const keys = keysOf(prefecture);
  const names = [keys.entries, keys.identities, keys.counts, keys.mailDue, keys.freezing];
  names.push(keys.before, keys.drawNumber, keys.idempotency(idempotency?.keyHash ?? ''));
  names.push(...guardKeys(prefecture, guard));
  const waits = entry.state === 'waiting';
  for (let attempt = 0; attempt < CAS_ATTEMPTS; attempt += 1) {
    // An online entry is not verified yet and needs no number: its join is one round trip.
    const since = waits ? Number((await redis.get(keys.drawNumber)) ?? 0) : undefined;
    const [outcome, id] = await joinScript.run(redis, names, [
      entry.id,
      encodeEntry(since === undefined ? entry : { ...entry, since: waitsFrom(entry, since) }),
      entry.identity,
      countField(entry.state, entry.requestType),
      since ?? '',
      idempotency?.fingerprint ?? '',
      idempotencySeconds,
      guard?.work?.ttlSeconds ?? '',
      guard?.messagesPerHour ?? '',
      ...messages,
    ]);
    if (outcome === 'replayed' || outcome === 'duplicate') return { outcome, entry: id };
    if (outcome !== 'conflict') return { outcome };
    if (id !== '') throw new Error(`entry ${id} exists already: ids must be random`);
  }
  throw new Error('draws keep beginning: gave up adding an entry');
}

/** The proof of work that is spent, then what counts messages to each mailbox. */
function guardKeys(prefecture: string, guard: JoinGuard | undefined): string[] {
  const { work, mailboxes = [], nowMs = 0 } = guard ?? {};
  const counters = mailboxes.map((mailbox) =>
    limitKey({ prefecture, name: `mailbox:${mailbox}`, windowSeconds: 3600, nowMs }),
  );
  return [keysOf(prefecture).workSpent(work?.id ?? ''), ...counters];
}

/** An entry and the number of draws, as one attempt of a compare-and-set reads them. */
export async function readEntry(
  redis: Connection,
  prefecture: string,
  id: string,
): Promise<{ raw: string; entry: EntryRecord; drawNumber: number }> {
  const keys = keysOf(prefecture);
  const [raw, number] = await Promise.all([
    redis.hget(keys.entries, id),
    redis.get(keys.drawNumber),
  ]);
  if (raw === null) throw new DomainError('entry_not_found', `no entry ${id}`);
  return { raw, entry: decodeEntry(id, raw), drawNumber: Number(number ?? 0) };
}

/**
 * Replaces an entry by what `decide` makes of it; for what needs no draw, offer or place. Calls
 * `decide` again if another writer was faster, so it must be pure. An entry that begins to wait
 * gets the number of the latest draw, or keeps that of the last one it sits out.
 *
 * @throws DomainError `entry_not_found`, or what `decide` throws
 */
export async function changeEntry(
  redis: Connection,
  prefecture: string,
  id: string,
  decide: (entry: EntryRecord, context: { readonly drawNumber: number }) => EntryChange,
): Promise<EntryRecord> {
  const keys = keysOf(prefecture);
  const names = [keys.entries, keys.identities, keys.counts, keys.mailDue, keys.freezing];
  names.push(keys.before, keys.drawNumber);
  for (let attempt = 0; attempt < CAS_ATTEMPTS; attempt += 1) {
    const { raw, entry, drawNumber } = await readEntry(redis, prefecture, id);
    const { entry: decided, messages = [] } = decide(entry, { drawNumber });
    const begins = decided.state === 'waiting' && entry.state !== 'waiting';
    const after = begins ? { ...decided, since: waitsFrom(decided, drawNumber) } : decided;
    checkChange(entry, after);
    const encoded = encodeEntry(after);
    if (encoded === raw && messages.length === 0) return entry;
    const outcome = await changeScript.run(redis, names, [
      id,
      raw,
      encoded,
      drawNumber,
      countField(entry.state, entry.requestType),
      countField(after.state, after.requestType),
      isLiveEntry(after.state) ? '' : entry.identity,
      ...messages,
    ]);
    if (outcome === 'changed') return after;
  }
  throw new Error(`entry ${id} keeps changing: gave up after ${CAS_ATTEMPTS} attempts`);
}

/** Who sits out draws waits from the last of them on; all others from the latest draw on. */
function waitsFrom({ since = 0 }: EntryRecord, drawNumber: number): number {
  return Math.max(since, drawNumber);
}

/** Refuses what would leave an identity, a place or a record behind. Such a caller has a bug. */
function checkChange(before: EntryRecord, after: EntryRecord): void {
  const same = (['id', 'requestType', 'identity'] as const).every(
    (member) => before[member] === after[member],
  );
  if (!same) throw new Error(`entry ${before.id}: id, request type and identity never change`);
  if (before.state !== after.state && before.state !== 'unverified') {
    throw new Error(`entry ${before.id}: ${before.state} → ${after.state} needs leave or an offer`);
  }
}
