import type { IRouter } from 'express';
import { isLiveEntry, nextEntryState } from '../../allocator/entry-state.ts';
import { DomainError } from '../../allocator/errors.ts';
import type { Tokens } from '../../identity/tokens.ts';
import type { EntryChange } from '../../store/entries-write.ts';
import type { EntryRecord } from '../../store/types.ts';
import { mount, type RouteDeps } from '../mount.ts';
import { resendCode, verify } from '../operations/entries.ts';
import { instant } from '../schemas/common.ts';
import { CODE_TRIES } from './join.ts';

/** Codes that one entry may be sent. With the tries of each: one guess in 10,000 hits. */
const MOST_ROUNDS = 10;

interface Attempt {
  readonly prefecture: string;
  readonly code: string;
  readonly nowMs: number;
}

type Outcome = 'verified' | 'code_wrong' | 'code_expired';

/** The code that proves a contact: handing it in, and asking for another. */
export function mountVerification(router: IRouter, deps: RouteDeps): void {
  const { store, tokens, metrics, waker } = deps;

  mount(router, deps, verify, async ({ res, prefecture, params, body, nowMs }) => {
    const attempt = { prefecture: prefecture.id, code: body.code, nowMs };
    let outcome: Outcome = 'code_wrong';
    const entry = await store.entries.change(prefecture.id, params.entryId, (found) => {
      const decided = decide(tokens, found, attempt);
      outcome = decided.outcome;
      return decided.change;
    });
    metrics.verifications.inc({ outcome });
    refuse(outcome);
    waker.soon('dispatch', prefecture.id);
    res.json({ id: entry.id, state: entry.state });
  });

  mount(router, deps, resendCode, async ({ res, prefecture, params, nowMs }) => {
    const expiresAtMs = nowMs + prefecture.settings.codeMinutes * 60_000;
    await store.entries.change(prefecture.id, params.entryId, (entry) => {
      if (entry.state !== 'unverified') {
        throw new DomainError('entry_settled', `this entry is ${entry.state}: it needs no code`);
      }
      const round = (entry.code?.round ?? 0) + 1;
      if (round > MOST_ROUNDS) {
        throw new DomainError('requests_too_many', 'too many codes: join again later');
      }
      return {
        entry: { ...entry, code: { round, triesLeft: CODE_TRIES, expiresAtMs } },
        messages: [`code.${entry.id}.${round}`],
      };
    });
    waker.soon('dispatch', prefecture.id);
    res.status(202).json({ id: params.entryId, expiresAt: instant(expiresAtMs) });
  });
}

/** What a code does to an entry. Pure: may be called again when another writer was faster. */
function decide(
  tokens: Tokens,
  entry: EntryRecord,
  { prefecture, code, nowMs }: Attempt,
): { outcome: Outcome; change: EntryChange } {
  const unchanged = { entry };
  if (entry.state !== 'unverified') {
    if (!wasCode(tokens, entry, { prefecture, code }))
      return { outcome: 'code_wrong', change: unchanged };
    if (!isLiveEntry(entry.state)) {
      throw new DomainError('entry_settled', `this entry is ${entry.state}`);
    }
    return { outcome: 'verified', change: unchanged };
  }
  const sent = entry.code;
  if (!sent || nowMs >= sent.expiresAtMs || sent.triesLeft < 1) {
    return { outcome: 'code_expired', change: unchanged };
  }
  if (!tokens.isCode(prefecture, entry.id, sent.round, code)) {
    const fewer = { ...sent, triesLeft: sent.triesLeft - 1 };
    return { outcome: 'code_wrong', change: { entry: { ...entry, code: fewer } } };
  }
  const { code: _used, ...rest } = entry;
  const verified = { ...rest, state: nextEntryState(entry.state, 'verify') };
  const change = { entry: verified, messages: [`welcome.${entry.id}.1`] };
  return { outcome: 'verified', change };
}

/**
 * Ids are public once an entry took part in a draw: only who had the right code is told again what
 * became of it. All rounds are tried, always.
 */
function wasCode(
  tokens: Tokens,
  { id }: EntryRecord,
  { prefecture, code }: Pick<Attempt, 'prefecture' | 'code'>,
): boolean {
  return Array.from({ length: MOST_ROUNDS }, (_, index) =>
    tokens.isCode(prefecture, id, index + 1, code),
  ).includes(true);
}

function refuse(outcome: Outcome): void {
  if (outcome === 'code_wrong') throw new DomainError('code_wrong', 'this is not the code', 'code');
  if (outcome === 'code_expired') {
    throw new DomainError('code_expired', 'this code is no longer valid: ask for a new one');
  }
}
