import { DomainError } from '../../base/errors.ts';
import { minuteMs } from '../../base/units.ts';
import type { Suspension } from '../../domain/absences/rule.ts';
import { absenceMessage, suspended } from '../../domain/absences/suspension.ts';
import type { EntryRecord } from '../../domain/entries/entry.ts';
import { isLiveEntry, nextEntryState } from '../../domain/entries/state.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { Prefecture } from '../../domain/prefectures/prefecture.ts';
import type { Tokens } from '../../identity/keys/tokens.ts';
import { personContext } from '../../identity/person/context.ts';
import type { EntryChange } from '../../store/entries/write.ts';
import { suspensionOfEntry } from '../absences/suspension.ts';
import type { Signals } from '../abuse/signals.ts';
import type { UseCaseDeps } from '../deps.ts';
import { crowded, type PersonLimits } from '../limits/limits.ts';
import { mailboxBudgets, mailboxesOf } from '../limits/mailboxes.ts';
import { needEntry } from './hands.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'tokens' | 'metrics' | 'waker'> & {
  readonly personLimits: PersonLimits;
  readonly signals: Signals;
};

/** Wrong codes that one code survives. */
export const CODE_TRIES = 5;
/**
 * Codes that one entry may be sent. With the tries of each, who guesses at all of them hits with a
 * chance of 1 in 20,000 for each key of the token keyring.
 */
const MOST_ROUNDS = 10;

interface Attempt {
  readonly prefecture: string;
  readonly code: string;
  readonly nowMs: number;
  /** How long a code may be handed in again once it was right: for who never saw the answer. */
  readonly repeatMs: number;
  /** What the person sits out. */
  readonly suspension?: Suspension;
}

type Outcome = 'verified' | 'code_wrong' | 'code_expired' | 'settled';

/**
 * Hands in the code that proves a contact. Who does not know the code is told nothing: an entry
 * that is unknown, verified, gone or out of tries answers alike, and counts alike.
 *
 * @throws DomainError `code_wrong`, `code_expired`, `entry_settled`, `requests_too_many`
 */
export async function verifyEntry(
  { store, tokens, metrics, waker, personLimits, signals }: Deps,
  prefecture: Prefecture,
  entryId: string,
  { code, nowMs }: Pick<Attempt, 'code' | 'nowMs'>,
): Promise<EntryRecord> {
  const suspension = await suspensionOfEntry(store, prefecture, entryId);
  const repeatMs = prefecture.settings.codeMinutes * minuteMs;
  const attempt = {
    ...{ prefecture: prefecture.id, code, nowMs, repeatMs },
    ...(suspension ? { suspension } : {}),
  };
  let outcome: Outcome = 'code_wrong';
  let needed = false;
  const entry = await store.entries
    .change(prefecture.id, entryId, (found) => {
      const decided = decide(tokens, found, attempt);
      outcome = decided.outcome;
      needed = found.state === 'unverified';
      return decided.change;
    })
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== 'entry_not_found') throw error;
      wasCode(tokens, entryId, attempt); // takes as long as with an entry that there is
      return undefined;
    });
  metrics.verifications.inc({ outcome });
  // An entry that needs no code may be guessed at no more than one that does.
  if (!needed || outcome === 'code_wrong') await personLimits.guess(prefecture.id, entryId);
  if (entry === undefined) throw wrongCode();
  refuse(outcome, entry);
  if (needed) signals.happened(prefecture.id, 'verify', entryId, nowMs);
  waker.soon('dispatch', prefecture.id);
  return entry;
}

type CodeDeps = Pick<
  UseCaseDeps,
  'store' | 'waker' | 'vault' | 'limits' | 'pseudonyms' | 'metrics'
>;

/**
 * Sends another code; the one before is good no longer. Answers until when it is good. An entry is sent
 * one a minute, and each counts like that of a join against the mailbox.
 *
 * @throws DomainError `entry_settled`, `requests_too_many`, `entry_not_found`
 */
export async function sendNewCode(
  deps: CodeDeps,
  prefecture: Prefecture,
  entryId: string,
  nowMs: number,
): Promise<number> {
  const { store, waker, metrics } = deps;
  const codeMs = prefecture.settings.codeMinutes * minuteMs;
  const found = await needEntry(deps, prefecture.id, entryId);
  nextRound(found, { codeMs, nowMs });
  const person = deps.vault.open(found.sealed, personContext(prefecture.id, entryId));
  const budgets = mailboxBudgets(deps, mailboxesOf(deps, person));
  const waitMs = await store.limits.takeEach(prefecture.id, budgets, nowMs);
  if (waitMs > 0) {
    metrics.requestsRefused.inc();
    throw crowded(waitMs);
  }
  await store.entries.change(prefecture.id, entryId, (entry) => {
    const round = nextRound(entry, { codeMs, nowMs });
    const code = { round, triesLeft: CODE_TRIES, expiresAtMs: nowMs + codeMs };
    return { entry: { ...entry, code }, messages: [messageId('code', entry.id, round)] };
  });
  waker.soon('dispatch', prefecture.id);
  return nowMs + codeMs;
}

/** Which code the next one is. @throws DomainError `entry_settled`, `requests_too_many` */
function nextRound(
  { state, code }: EntryRecord,
  { codeMs, nowMs }: { readonly codeMs: number; readonly nowMs: number },
): number {
  if (state !== 'unverified') {
    throw new DomainError('entry_settled', `this entry is ${state}: it needs no code`);
  }
  const round = (code?.round ?? 0) + 1;
  if (round > MOST_ROUNDS) {
    throw new DomainError('requests_too_many', 'too many codes: join again later');
  }
  const waitMs = code ? code.expiresAtMs - codeMs + minuteMs - nowMs : 0;
  // Where the setting was changed since, less is known of when it was sent.
  if (waitMs > 0) throw crowded(Math.min(waitMs, minuteMs));
  return round;
}

/** What a code does to an entry. Pure: may be called again when another writer was faster. */
function decide(
  tokens: Tokens,
  entry: EntryRecord,
  attempt: Attempt,
): { outcome: Outcome; change: EntryChange } {
  const unchanged = { entry };
  // Ids are public once an entry took part in a draw: only who had the right code is told again
  // what became of it.
  const known = wasCode(tokens, entry.id, attempt);
  if (entry.state !== 'unverified') {
    if (!known) return { outcome: 'code_wrong', change: unchanged };
    if (!isLiveEntry(entry.state)) return { outcome: 'settled', change: unchanged };
    const isLate = attempt.nowMs >= (entry.waitingSinceMs ?? 0) + attempt.repeatMs;
    return { outcome: isLate ? 'code_expired' : 'verified', change: unchanged };
  }
  const sent = entry.code;
  if (!sent || attempt.nowMs >= sent.expiresAtMs || sent.triesLeft < 1) {
    return { outcome: known ? 'code_expired' : 'code_wrong', change: unchanged };
  }
  if (!tokens.isCode(attempt.prefecture, entry.id, sent.round, attempt.code)) {
    const fewer = { ...sent, triesLeft: sent.triesLeft - 1 };
    return { outcome: 'code_wrong', change: { entry: { ...entry, code: fewer } } };
  }
  const { code: _used, ...rest } = entry;
  const state = nextEntryState(entry.state, 'verify');
  const verified = { ...rest, state, waitingSinceMs: attempt.nowMs };
  const waiting = attempt.suspension ? suspended(verified, attempt.suspension) : verified;
  const told = attempt.suspension ? [absenceMessage(entry.id, attempt.suspension)] : [];
  const change = { entry: waiting, messages: [messageId('welcome', entry.id, 1), ...told] };
  return { outcome: 'verified', change };
}

/** Whether it is the code of any round. All rounds are tried, always. */
function wasCode(
  tokens: Tokens,
  id: string,
  { prefecture, code }: Pick<Attempt, 'prefecture' | 'code'>,
): boolean {
  return Array.from({ length: MOST_ROUNDS }, (_, index) =>
    tokens.isCode(prefecture, id, index + 1, code),
  ).includes(true);
}

function refuse(outcome: Outcome, { state }: EntryRecord): void {
  if (outcome === 'code_wrong') throw wrongCode();
  if (outcome === 'settled') throw new DomainError('entry_settled', `this entry is ${state}`);
  if (outcome === 'code_expired') {
    throw new DomainError('code_expired', 'this code is no longer valid: ask for a new one');
  }
}

function wrongCode(): DomainError {
  const detail = 'this is not the code, or no longer: after five tries ask for a new one';
  return new DomainError('code_wrong', detail, 'code');
}
