import { z } from 'zod';
import { daySeconds } from '../../base/units.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { waitsFrom } from '../../domain/entries/pool.ts';
import type { MessageId } from '../../domain/messages/id.ts';
import { keysOf } from '../core/keys.ts';
import type { Connection } from '../core/redis.ts';
import { CONFLICT_ATTEMPTS, retryOnConflict } from '../core/retry.ts';
import { Script } from '../core/script.ts';
import { flagMember } from '../flags/codec.ts';
import { budgetKeys, budgetRates, loadKey } from '../limits/store.ts';
import { countField, encodeEntry } from './codec.ts';
import type { JoinGuard } from './join-guard.ts';
import { keysOfEntry } from './keys.ts';
import { type JoinLimits, judgeNear } from './near.ts';

export interface JoinOptions extends JoinLimits {
  /** Hash of the client's Idempotency-Key, and fingerprint of what it asked. Neither has a space. */
  readonly idempotency?: { readonly keyHash: string; readonly fingerprint: string };
  /** Messages that become due with the entry. */
  readonly messages: readonly MessageId[];
  /** When to ask the registry about its document again. */
  readonly checkAtMs?: number;
  /** What a join from outside must get past, in the same atomic step. */
  readonly guard?: JoinGuard;
}

export type JoinOutcome =
  /** `flagged`: with a set of entries for an agent to look at. */
  | { readonly outcome: 'joined'; readonly flagged?: true }
  /** The same request again: this entry answered it. */
  | { readonly outcome: 'replayed'; readonly entry: string }
  /** The Idempotency-Key was used for another request. */
  | { readonly outcome: 'mismatch' }
  /** Its people have these live entries already: more than one where their documents have several. */
  | {
      readonly outcome: 'duplicate';
      readonly entry: string;
      readonly entries: readonly string[];
      /** The first of its identities that one of them has. */
      readonly identity: string;
    }
  /** This contact stands for as many live entries as it may: these. */
  | {
      readonly outcome: 'exhausted';
      readonly contact: 'email' | 'phone';
      readonly entries: readonly string[];
    }
  /** More joined from there lately than this much work is enough for. Nothing was taken. */
  | { readonly outcome: 'light' }
  /** The proof of work was handed in before. */
  | { readonly outcome: 'spent' }
  /** A mailbox or telephone had as many messages as it may, for so long. */
  | { readonly outcome: 'crowded'; readonly waitMs: number };

const JoinReply = z.tuple([
  z.enum([
    ...(['joined', 'replayed', 'mismatch', 'duplicate', 'near', 'conflict'] as const),
    ...(['spent', 'light', 'crowded'] as const),
  ]),
  z.string(),
  z.string().optional(),
]);
const joinScript = new Script(
  'entries/join.lua',
  {
    keys: [
      'entries identities counts mailDue freezing before drawNumber',
      'idempotency clues flags openFlags toCheck workSpent networkLoad domainLoad',
      'budgets[]',
    ],
    args: [
      'id entry taken count number fingerprint rememberedS former',
      'ownClues formerClues known flag flagMember checkAtMs workS',
      'rates nowMs calm effort hasDomain messages[]',
    ],
  },
  JoinReply,
);

/** How long an Idempotency-Key is remembered. */
const idempotencySeconds = daySeconds;

/**
 * Each entry that shares a contact and is faster makes others look again, until the contact has as
 * many as it may.
 */
const JOIN_ATTEMPTS = CONFLICT_ATTEMPTS + 50;

/**
 * Adds an entry, in one atomic step. One that waits at once gets the number of the latest draw.
 * Where others have a contact or a name in common with it, that is looked at first, and a flagged
 * set for an agent is written with the entry.
 */
export async function joinEntry(
  redis: Connection,
  prefecture: string,
  entry: EntryRecord,
  options: JoinOptions,
): Promise<JoinOutcome> {
  const keys = keysOf(prefecture);
  const names = joinKeys(prefecture, options);
  const waits = entry.state === 'waiting';
  const near = { seen: '', flag: '' };
  const attempt = async (): Promise<JoinOutcome | 'conflict'> => {
    // An online entry is not verified yet and needs no number: its join is one round trip.
    const since = waits ? Number((await redis.get(keys.drawNumber)) ?? 0) : undefined;
    const args = joinArguments(entry, since, near, options);
    const [outcome, text, identity = ''] = await joinScript.run(redis, names, args);
    if (outcome === 'joined') return { outcome, ...(near.flag === '' ? {} : { flagged: true }) };
    if (outcome === 'replayed') return { outcome, entry: text };
    if (outcome === 'duplicate') {
      const [first = '', ...more] = text.split(' ');
      return { outcome, entry: first, entries: [first, ...more], identity };
    }
    if (outcome === 'near') {
      const decided = await judgeNear(redis, prefecture, entry, text, options);
      if ('exhausted' in decided) {
        return { outcome: 'exhausted', contact: decided.exhausted, entries: decided.entries };
      }
      near.seen = text;
      near.flag = decided.flag;
    }
    if (outcome === 'mismatch' || outcome === 'spent' || outcome === 'light') return { outcome };
    if (outcome === 'crowded') return { outcome, waitMs: Number(text) };
    if (outcome === 'conflict' && text !== '') {
      throw new Error(`entry ${text} exists already: ids must be random`);
    }
    return 'conflict';
  };
  return retryOnConflict(`what entry ${entry.id} joins`, attempt, JOIN_ATTEMPTS);
}

function joinKeys(prefecture: string, { idempotency, guard }: JoinOptions) {
  const keys = keysOf(prefecture);
  return {
    entries: keys.entries,
    identities: keys.identities,
    counts: keys.counts,
    mailDue: keys.mailDue,
    freezing: keys.freezing,
    before: keys.before,
    drawNumber: keys.drawNumber,
    idempotency: keys.idempotency(idempotency?.keyHash ?? ''),
    clues: keys.clues,
    flags: keys.flags,
    openFlags: keys.openFlags,
    toCheck: keys.toCheck,
    workSpent: keys.workSpent(guard?.work?.id ?? ''),
    networkLoad: loadKey(prefecture, guard?.loads?.network),
    domainLoad: loadKey(prefecture, guard?.loads?.domain),
    budgets: budgetKeys(prefecture, guard?.budgets ?? []),
  };
}

function joinArguments(
  entry: EntryRecord,
  since: number | undefined,
  near: { readonly seen: string; readonly flag: string },
  options: JoinOptions,
) {
  const { idempotency, guard, formerIdentities = [], formerClues = [] } = options;
  const { identities, clues } = keysOfEntry(entry);
  return {
    id: entry.id,
    entry: encodeEntry(since === undefined ? entry : { ...entry, since: waitsFrom(entry, since) }),
    taken: identities.join(' '),
    count: countField(entry.state, entry.requestType),
    number: since ?? '',
    fingerprint: idempotency?.fingerprint ?? '',
    rememberedS: idempotencySeconds,
    former: formerIdentities.join(' '),
    ownClues: clues.join(' '),
    formerClues: formerClues.join(' '),
    known: near.seen,
    flag: near.flag,
    flagMember: flagMember(entry.joinedAtMs, entry.id),
    checkAtMs: options.checkAtMs ?? '',
    workS: guard?.work?.ttlSeconds ?? '',
    rates: budgetRates(guard?.budgets ?? []),
    nowMs: guard?.nowMs ?? '',
    calm: guard?.loads?.calm ?? '',
    effort: guard?.work?.effort ?? '',
    hasDomain: guard?.loads?.domain === undefined ? '' : '1',
    messages: options.messages,
  };
}
