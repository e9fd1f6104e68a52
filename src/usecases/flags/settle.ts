import { DomainError } from '../../base/errors.ts';
import { isLiveEntry } from '../../domain/entries/state.ts';
import type { Decision, FlaggedSet } from '../../domain/flags/flagged-set.ts';
import { messageId } from '../../domain/messages/id.ts';
import type { UseCaseDeps } from '../deps.ts';

type Deps = Pick<UseCaseDeps, 'store' | 'waker' | 'metrics'>;

/** What an agent decides of a flagged set, and why. */
export type SettlementInput =
  | {
      readonly decision: 'same_person';
      /** The entry that stays. */
      readonly keep: string;
      readonly reason: string;
    }
  | { readonly decision: Exclude<Decision, 'same_person'>; readonly reason: string };

interface Settling {
  readonly prefecture: string;
  readonly flagId: string;
  readonly agent: string;
  readonly nowMs: number;
}

/**
 * Settles a flagged set: the decision first, then what follows from it. Safe to repeat: a crash in
 * between is healed by the same request.
 *
 * @throws DomainError `flag_not_found`, `flag_settled`, `input_inconsistent`
 */
export async function settleFlaggedSet(
  deps: Deps,
  { prefecture, flagId, agent, nowMs }: Settling,
  input: SettlementInput,
): Promise<FlaggedSet> {
  const { store, metrics } = deps;
  const before = await store.flags.get(prefecture, flagId);
  checkDecision(before, input);
  const { decision, reason } = input;
  const keep = decision === 'same_person' ? { keep: input.keep } : {};
  const settled = { decision, ...keep, reason, agent, atMs: nowMs };
  const flag = await store.flags.settle(prefecture, flagId, settled);
  if (!before.settled) metrics.flags.inc({ outcome: decision });
  await follow(deps, prefecture, flag, nowMs);
  return flag;
}

/** A decision must be one about what the set is about. */
function checkDecision({ entries, clues }: FlaggedSet, input: SettlementInput): void {
  const aboutDocument = clues.includes('registry');
  const decidesDocument = input.decision === 'document_good' || input.decision === 'document_bad';
  if (aboutDocument !== decidesDocument) {
    throw new DomainError(
      'input_inconsistent',
      aboutDocument ? 'this set is about a document' : 'this set is about people',
      'decision',
    );
  }
  if (input.decision === 'same_person' && !entries.includes(input.keep)) {
    throw new DomainError('input_inconsistent', 'is no entry of this set', 'keep');
  }
}

async function follow(
  { store, waker }: Deps,
  prefecture: string,
  { id, entries, settled }: FlaggedSet,
  nowMs: number,
): Promise<void> {
  const [first = ''] = entries;
  if (settled?.decision === 'document_good' || settled?.decision === 'document_bad') {
    await clearCheck(store, prefecture, first);
  }
  const leaving = leavers(entries, settled);
  const told = settled?.decision === 'same_person';
  for (const entry of leaving) {
    const found = await store.entries.get(prefecture, entry);
    if (!found || !isLiveEntry(found.state)) continue;
    const why = told
      ? { rejection: 'duplicate' as const, messages: [messageId('duplicate', entry, id)] }
      : { rejection: 'document' as const, messages: [messageId('rejected', entry, 1)] };
    await store.entries.leave(prefecture, entry, 'reject', nowMs, why).catch(unlessSettled);
  }
  if (leaving.length === 0) return;
  for (const name of ['offers', 'register', 'dispatch'] as const) waker.soon(name, prefecture);
}

function leavers(entries: readonly string[], settled: FlaggedSet['settled']): readonly string[] {
  if (settled?.decision === 'same_person') return entries.filter((entry) => entry !== settled.keep);
  return settled?.decision === 'document_bad' ? entries : [];
}

/** An agent has seen the document: there is nothing left to check. */
async function clearCheck(
  store: UseCaseDeps['store'],
  prefecture: string,
  entry: string,
): Promise<void> {
  await store.entries
    .change(prefecture, entry, ({ documentCheck: _checked, ...rest }) => ({ entry: rest }))
    .catch((error: unknown) => {
      if (!(error instanceof DomainError) || error.code !== 'entry_not_found') throw error;
    });
}

/** Someone else made it leave meanwhile. */
function unlessSettled(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'entry_settled') throw error;
}
